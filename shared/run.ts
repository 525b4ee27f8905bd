import { z } from 'zod'
import type { CellState } from './cell.ts'
import { type FailureKind, failureKind } from './failure.ts'
import type { GatherCounts, PackCounts } from './group.ts'
import { json } from './json.ts'
import type { RunLimits } from './limits.ts'
import { source } from './source.ts'
import type { StageKind } from './stages.ts'
import { type TripwireName, type Tripwires, tripwires } from './tripwires.ts'
import type { Usage } from './usage.ts'

/** What one item came to. `waiting`: a pause left it undone; a resumed run completes it. */
export const ITEM_STATUSES = ['succeeded', 'failed', 'skipped', 'cancelled', 'waiting'] as const
export type ItemStatus = (typeof ITEM_STATUSES)[number]

/**
 * Where a run stands. `interrupted`: its process ended without a word (crash, power loss); it can be resumed.
 * `pausing`: no new calls are made, those in flight are awaited.
 */
export type RunState =
  | { readonly status: 'running' }
  | { readonly status: 'pausing'; readonly reason: PauseReason }
  | { readonly status: 'paused'; readonly reason: PauseReason }
  | { readonly status: 'interrupted' }
  | { readonly status: 'completed' }
  | { readonly status: 'cancelled' }
  /** `stopOnError` was set, or the source or the sink broke: the run's own error. */
  | { readonly status: 'failed'; readonly error: ItemError }

export type RunStatus = RunState['status']

/** Why a run stands still, in words for the person. */
export interface PauseReason {
  /**
   * `budget`: the run's own, `dayBudget`: the day's. `tripwire`: too much went wrong. `ledger`: results and items do not
   * add up.
   */
  readonly kind: 'asked' | 'auth' | 'budget' | 'dayBudget' | 'backend' | 'disk' | 'tripwire' | 'ledger'
  readonly message: string
  /** Of a tripwire: which one, and items that tripped it. */
  readonly tripped?: { readonly wire: TripwireName; readonly items: readonly ItemPlace[] }
}

/** One item or group of a run. */
export interface ItemPlace {
  readonly lane: number
  readonly index: number
}

/** The `error` of a result line. */
export const itemError = z.object({
  /** null: it happened before any stage (the item could not be read), or in the chain's `output`. */
  stage: z.string().nullable(),
  kind: failureKind,
  message: z.string(),
})
export type ItemError = z.infer<typeof itemError> & { readonly kind: FailureKind }

/** Items by where they stand. Always adds up to the number of items, where that is known. */
export interface RunCounts {
  readonly succeeded: number
  readonly failed: number
  readonly skipped: number
  readonly cancelled: number
  readonly running: number
  readonly waiting: number
}

export interface RunStage {
  readonly id: string
  readonly kind: StageKind
  /** Of a model stage; null of others. */
  readonly tier: string | null
  /** Index of its lane. A gather is the last stage of the lane that it ends. */
  readonly lane: number
}

/** One lane of a run: the source's items, or the groups that a gather made of the lane before. */
export interface RunLane {
  /** The gather whose groups they are; null: the source's items. */
  readonly begins: string | null
  /** Items or groups; null: not known yet. */
  readonly items: number | null
  readonly counts: RunCounts
  /** How the gather that ends this lane does; null: none does. */
  readonly gather: GatherCounts | null
}

/** A run as lists, headers and the status bar show it. */
export interface RunSummary {
  readonly run: string
  /** `test`: one item, tried from the Test screen or `jacquard test`. */
  readonly kind: 'batch' | 'test'
  /** The chain file from the workspace's root; null: the chain was never saved. */
  readonly chainFile: string | null
  readonly chainName: string
  readonly state: RunState
  /** Items of the source (under the launch's limit); null: not counted yet. */
  readonly items: number | null
  /** Of the source's items; one that was gathered shares the fate of its group. */
  readonly counts: RunCounts
  /** Lane by lane. */
  readonly stages: readonly RunStage[]
  /** At least one: the source's items. */
  readonly lanes: readonly RunLane[]
  /** Of the stages that share calls. */
  readonly packs: readonly PackCounts[]
  /** The source has no end of its own: the run goes on until it is told to finish. */
  readonly grows: boolean
  readonly sourceLabel: string
  /** Results file from the workspace's root, or absolute; null: none is written. */
  readonly output: string | null
  /** Money spent in this run, in millionths of a dollar. Calls of unknown price are not in it. */
  readonly costMicros: number
  /** What answers from memory cost when they were asked for: not spent again. */
  readonly savedMicros: number
  /** The most that calls in flight may cost, set aside; 0 without a budget. */
  readonly reservedMicros: number
  /**
   * The most that calls may have cost whose answers never came (timed out, cut off, in flight when the program ended):
   * perhaps billed. Counts against the budget; not in `costMicros`.
   */
  readonly uncertainMicros: number
  /** Calls whose price is not known: the cost is then "at least". */
  readonly unpricedCalls: number
  /** Only simulated tiers: no model was called, the prices are play money. */
  readonly simulated: boolean
  readonly usage: Usage
  /** Calls to backends, repair turns and retries included. */
  readonly calls: number
  /** Stage answers taken over from an earlier part of this run or from memory. */
  readonly reused: number
  /** Those of them that came from memory: asked for in another run, or for another item. */
  readonly remembered: number
  /** Answers of earlier runs are taken where the same is asked. */
  readonly memory: boolean
  /** Revisions of the chain in this run: 0 where nothing was changed since the launch. */
  readonly revision: number
  /** The handful that goes first; null: there is none. */
  readonly canary: CanaryState | null
  /** What pauses the run by itself; those that are off are left out. */
  readonly tripwires: Tripwires
  /** Items that the database does not account for; null: not held against it yet. A run is complete at 0 only. */
  readonly unaccounted: number | null
  readonly concurrency: number | 'unbounded'
  readonly budgetMicros: number | null
  /** Unix milliseconds. */
  readonly startedAt: number
  readonly endedAt: number | null
  /** Time in which the run was really running, without pauses. */
  readonly activeMs: number
}

/** Items that run before all others, chosen to differ in size. */
export interface CanaryState {
  readonly items: number
  readonly done: number
  readonly status: 'running' | 'passed' | 'stopped'
}

/** Counts of one stage's cells by state; states that have none are left out. */
export type StageCounts = { readonly [state in CellState]?: number }

/** What is pushed for a live run, at most ten times a second. */
export interface RunProgress {
  readonly summary: RunSummary
  /** By stage, in the order of `summary.stages`. */
  readonly stageCounts: readonly StageCounts[]
  /** Items per second over the last ten seconds; null: too early to say. */
  readonly itemsPerSecond: number | null
  /** Time left at that rate; null: unknown. */
  readonly remainingMs: number | null
  /** What limits the run now; null: it does not go on here. */
  readonly limits: RunLimits | null
  /** What changed since the last push, lane by lane. */
  readonly lanes: readonly LaneChanges[]
}

export interface LaneChanges {
  /** Items of the lane whose cells changed, ascending. */
  readonly changed: Uint32Array
  /** Their states: `changed.length × stages of the lane` codes (cell.ts), one row an item. */
  readonly states: Uint8Array
}

/** What one launch changes at a stage. */
export const stageOverride = z.strictObject({
  tier: z.string().min(1).optional(),
  /** Another model of the tier's backend. */
  model: z.string().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.number().int().positive().optional(),
  /** Laid over the stage's own `parameters`. */
  parameters: z.record(z.string(), json).optional(),
  /** As the stage's keys of the same names. */
  timeout: z.number().positive().optional(),
  repair: z.number().int().min(0).max(5).optional(),
  tooLong: z.enum(['fail', 'truncate', 'split']).optional(),
  /** null: no better tier is asked. */
  escalate: z.string().min(1).nullable().optional(),
})
export type StageOverride = z.infer<typeof stageOverride>

/** How a launch differs from the chain as it is drawn. */
export const launchOptions = z.object({
  /** In place of the chain's own source. */
  source: source.optional(),
  params: z.record(z.string(), json).optional(),
  /** Stage id → tier. */
  tiers: z.record(z.string(), z.string()).optional(),
  /** Stage id → what else is different there. */
  stages: z.record(z.string(), stageOverride).optional(),
  concurrency: z.union([z.number().int().positive(), z.literal('unbounded')]).optional(),
  /** Only the first N items. */
  limit: z.number().int().positive().optional(),
  budgetUsd: z.number().positive().optional(),
  stopOnError: z.boolean().optional(),
  /** false: nothing is taken from memory. What is answered is remembered all the same. */
  memory: z.boolean().optional(),
  /** Items that run first; 0: none. Left out: twelve, where waiting for them costs little of the run's time. */
  canary: z.number().int().min(0).max(1000).optional(),
  /** What an item is expected to cost in US dollars, for the tripwire of cost; without it the first items tell. */
  expectedItemUsd: z.number().positive().optional(),
  /** In place of the defaults; false: none. */
  tripwires: z.union([tripwires, z.literal(false)]).optional(),
  /** Results file (.jsonl or .csv) in place of the chain's sink; null: none. */
  output: z.string().nullable().optional(),
})
export type LaunchOptions = z.infer<typeof launchOptions>
