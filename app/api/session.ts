import type { ApiError, Command, HostEvent, HostInfo, ParsedRequest, Replies } from '../../shared/api.ts'
import type { BudgetLimits } from '../../shared/budgets.ts'
import type { Source } from '../../shared/source.ts'
import type { Price, Tier } from '../../shared/tier.ts'
import type { Comparisons } from '../engine/compare/comparisons.ts'
import type { Estimates } from '../engine/estimate/estimates.ts'
import type { Evaluations } from '../engine/evaluate/evaluations.ts'
import type { Judge } from '../engine/judge/judge.ts'
import type { RunManager } from '../engine/run/runManager.ts'
import type { SampleRuns } from '../engine/sample/sampleRuns.ts'
import type { Stoppable } from '../engine/stoppable.ts'
import type { Clock } from '../ports/clock.ts'
import type { RecordStore } from '../ports/recordStore.ts'
import type { RunStore, StoredRun } from '../ports/runStore.ts'
import type { ItemSource } from '../ports/source.ts'
import type { UsedFiles } from '../ports/usedFiles.ts'
import type { DocumentStore, FileResult, WorkerStore, WorkspaceFiles } from '../ports/workspaceFiles.ts'

/** What only a desktop can do. */
export interface Shell {
  /** null: the person closed the dialog. */
  pick(what: 'folder' | 'file' | 'workspace' | 'save', suggested?: string): Promise<string | null>
  reveal(path: string): void
}

/** One open workspace, as the handlers see it. */
export interface Session {
  readonly store: RunStore
  readonly runs: RunManager
  readonly chains: DocumentStore
  readonly workers: WorkerStore
  /** Samples that are kept beside chains. */
  readonly samples: DocumentStore
  /** Suites of cases, likewise. */
  readonly suites: DocumentStore
  readonly estimates: Estimates
  readonly evaluations: Evaluations
  readonly judge: Judge
  /** Evaluations and judgements that go on. */
  readonly stoppable: Stoppable
  /** Runs of a few items in several variants. */
  readonly sampleRuns: SampleRuns
  readonly comparisons: Comparisons
  readonly records: RecordStore
  readonly clock: Clock
  readonly files: WorkspaceFiles
  /** What chains use of the workspace, as it is now. */
  readonly usedFiles: UsedFiles
  readonly shell: Shell | null
  tiers(): readonly Tier[]
  /** As jacquard.yaml has them now; as they were, while it cannot be read. */
  budgets(): BudgetLimits
  /** Writes them to jacquard.yaml; they hold at once. */
  setBudgets(budgets: BudgetLimits): Promise<FileResult<null>>
  /** Writes what a tier costs to jacquard.yaml; null: the published price holds again. It holds for runs from then on. */
  setPrice(tier: string, price: Price | null): Promise<FileResult<null>>
  /** Since midnight, over all runs of the workspace; calls that were perhaps billed included. */
  spentTodayMicros(): number
  /** Clamps the calls in flight to a backend; null: as it was. false: nobody has called it yet. */
  clampBackend(name: string, concurrency: number | null): boolean
  openSource(source: Source): Promise<ItemSource>
  /** Writes a run's results to a file; gives why not, or null. */
  writeResults(run: StoredRun, file: string, format: 'jsonl' | 'csv'): Promise<string | null>
  info(): HostInfo
  emit(event: HostEvent): void
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError }
export type Handlers = {
  readonly [C in Command]: (request: ParsedRequest<C>) => Promise<Outcome<Replies[C]>> | Outcome<Replies[C]>
}

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

export function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
