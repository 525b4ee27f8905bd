import { type CellState, cellState } from '../../../shared/cell.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { InnerTrace, StageTrace } from '../../../shared/trace.ts'
import type { PlannedModelStage, PlannedStage, StageList } from '../../core/plan.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import { shownState } from '../lanes/itemRecord.ts'
import type { ListEnd, StageEnd } from '../stages/itemEnd.ts'
import type { AttemptsByCell } from './attemptsByCell.ts'
import { decided, type Replay, SHOWN_ELEMENTS } from './replayItem.ts'

/** What the traces of one item's stages are made of. */
export interface TraceSource {
  readonly attempts: AttemptsByCell
  /** null: the item cannot be read any more. */
  readonly replay: Replay | null
  /** When cells are asked again that wait for that, by their paths. */
  readonly retries: ReadonlyMap<string, number>
  /** The run goes on in this process. */
  readonly isLive: boolean
  /** Nothing more will become of the item. */
  readonly isFinished: boolean
}

export interface TracedStage {
  readonly stage: PlannedStage
  readonly path: string
  /** null: it cannot be worked out any more. */
  readonly end: StageEnd | null
}

export function stageTrace({ stage, path, end }: TracedStage, source: TraceSource): StageTrace {
  const attempts = source.attempts.own(path).map((attempt) => closeLost(attempt, source.isLive))
  const asked = source.replay?.asked.get(path) ?? null
  // A call that others share is no message of this item's own.
  const sent = attempts.findLast(({ pack }) => pack === null)?.request ?? null
  const last = attempts.at(-1)
  const answered = last?.outcome.status === 'succeeded' ? last.outcome.output : null
  return {
    stage: stage.id,
    kind: stage.kind,
    state: stateOf(end, attempts, source),
    reason: end?.kind === 'skipped' ? end.reason : null,
    input: asked?.input ?? null,
    prompt: stage.kind === 'model' ? (sent?.messages[0]?.text ?? asked?.prompt ?? null) : null,
    instructions: asked?.instructions ?? sent?.instructions ?? null,
    output: end?.kind === 'succeeded' || end?.kind === 'failed' ? end.output : answered,
    failure: end?.kind === 'failed' ? end.failure : null,
    attempts,
    retryAt: source.retries.get(path) ?? null,
    ...source.attempts.sums(path),
    inner: innerOf(stage, path, source),
  }
}

/** An attempt that never ended, of a run that does not go on: its process was killed. */
function closeLost(attempt: AttemptRecord, isLive: boolean): AttemptRecord {
  return attempt.outcome.status === 'running' && !isLive ? { ...attempt, outcome: { status: 'lost' } } : attempt
}

function stateOf(
  end: StageEnd | null,
  attempts: readonly AttemptRecord[],
  { isLive, isFinished }: TraceSource,
): CellState {
  if (end !== null && end.kind !== 'suspended') return shownState(end, attempts)
  if (isLive && attempts.at(-1)?.outcome.status === 'running') return 'running'
  return isFinished ? 'skipped' : 'waiting'
}

function innerOf(stage: PlannedStage, path: string, source: TraceSource): readonly InnerTrace[] {
  switch (stage.kind) {
    case 'map':
      return elementsOf(stage.inner, path, source)
    case 'chain':
      return source.replay?.inner.has(path) ? [innerTrace(stage.name, { list: stage.inner, path }, source)] : []
    case 'model':
      return partsOf(stage, path, source)
    case 'transform':
    case 'chunk':
    case 'fetch':
      return []
  }
}

function elementsOf(list: StageList, path: string, source: TraceSource): readonly InnerTrace[] {
  const count = source.replay?.elements.get(path) ?? 0
  const shown = Array.from({ length: Math.min(count, SHOWN_ELEMENTS) }, (_, at) =>
    innerTrace(String(at + 1), { list, path: `${path}/${at + 1}` }, source),
  )
  if (count <= SHOWN_ELEMENTS) return shown
  const more = { state: 'skipped', input: null, output: null, failure: null, stages: [] } as const
  return [...shown, { label: `and ${count - SHOWN_ELEMENTS} more`, ...more }]
}

function innerTrace(label: string, { list, path }: { list: StageList; path: string }, source: TraceSource): InnerTrace {
  const inner = source.replay?.inner.get(path)
  const end = inner?.end ?? null
  const stages = list.stages.map((stage) =>
    stageTrace({ stage, path: `${path}/${stage.id}`, end: end?.stages[stage.column] ?? null }, source),
  )
  return {
    label,
    state: stateOfList(end, stages, source),
    input: inner?.input ?? null,
    output: end?.kind === 'done' ? end.output : null,
    failure: end?.kind === 'failed' ? end.failure : null,
    stages,
  }
}

function stateOfList(end: ListEnd | null, stages: readonly StageTrace[], { isFinished }: TraceSource): CellState {
  if (end?.kind === 'done') return end.status
  if (end?.kind === 'failed') return 'failed'
  if (isFinished) return 'skipped'
  return stages.some(({ state }) => state !== 'waiting') ? 'running' : 'waiting'
}

/** The parts of an input that was too long for one call, and what combined their answers. */
function partsOf(stage: PlannedModelStage, path: string, source: TraceSource): readonly InnerTrace[] {
  const { attempts, isFinished } = source
  return attempts.below(path).map((name) => {
    const own = `${path}/${name}`
    const outcome = decided(attempts, own, { policy: stage.policy, isFinished })
    const end: StageEnd = outcome.kind === 'failed' ? { ...outcome, output: null } : outcome
    const trace = stageTrace({ stage, path: own, end }, source)
    const { state, output, failure, prompt } = trace
    return { label: name.replaceAll('-', ' '), state, input: prompt, output, failure, stages: [trace] }
  })
}

/** A stage as its stored state and the item's error tell of it, where they know more than what was worked out again. */
export function asStored(
  trace: StageTrace,
  stored: { readonly code: number | undefined; readonly failed: string | null; readonly failure: Failure | null },
): StageTrace {
  if (stored.code === undefined) return trace
  const state = cellState(stored.code)
  const isHalted = state === 'skipped' && trace.reason === null && stored.failed !== null
  return {
    ...trace,
    state,
    reason: isHalted ? `Stage ${stored.failed} failed.` : trace.reason,
    failure: trace.failure ?? (state === 'failed' ? stored.failure : null),
  }
}
