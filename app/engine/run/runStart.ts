import type { RunProgress } from '../../../shared/run.ts'
import type { Tripwires } from '../../../shared/tripwires.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { Models } from '../../ports/models.ts'
import type { RunProgressRecord, RunRecord, RunStore } from '../../ports/runStore.ts'
import type { ItemSource } from '../../ports/source.ts'
import type { WebClient } from '../../ports/webClient.ts'
import type { LaneBefore } from '../lanes/lanes.ts'
import type { DayBudget } from '../model/dayBudget.ts'
import type { Limiters } from '../model/limiter.ts'
import type { Memory } from '../model/memory.ts'
import type { Preflight } from './preflight.ts'
import type { RunPlans } from './runPlans.ts'

/** What a run needs of the world around it. */
export interface RunSurroundings {
  readonly store: RunStore
  readonly models: Models
  readonly limiters: Limiters
  readonly clock: Clock
  readonly web: WebClient
  readonly images: ImageFiles
  readonly memory: Memory
  readonly dayBudget: DayBudget
  readonly preflight: Preflight
  /** Bytes that are free where results are stored; null: not known. */
  freeBytes(): Promise<number | null>
  /** Progress at most ten times a second, and once more when the run has ended. */
  onProgress(progress: RunProgress): void
  /** A mistake of ours that failed an item. */
  onBug(error: unknown): void
  /** Writes the results file; gives why it could not be written, or null. */
  writeOutput(run: string): Promise<string | null>
}

export interface RunStart {
  readonly record: RunRecord
  /** By which its items run. */
  readonly plans: RunPlans
  readonly revision: number
  readonly tripwires: Tripwires
  /** What an item is expected to cost, in millionths of a dollar; null: not known. */
  readonly expectedMicros: number | null
  readonly source: ItemSource
  /** Of the source, from the workspace's root or absolute; null: it is no folder. */
  readonly sourceFolder: string | null
  /** What was done before; null: a new run. */
  readonly before: { readonly progress: RunProgressRecord; readonly lanes: readonly LaneBefore[] } | null
  /** Keys of the source's items that are stored. */
  readonly keys: number
  readonly concurrency: number | 'unbounded'
  readonly budgetMicros: number | null
  /** Expressions ask for `run.total`: no item may start before it is known. */
  readonly needsTotal: boolean
  /** Expressions ask for the item before: one item of a lane runs after the other. */
  readonly isSequential: boolean
}
