import { z } from 'zod'
import type { CellState } from './cell.ts'
import { type FailureKind, failureKind } from './failure.ts'
import type { GatherCounts, PackCounts } from './group.ts'
import { json } from './json.ts'
import { source } from './source.ts'
import type { StageKind } from './stages.ts'
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
  readonly kind: 'asked' | 'auth' | 'budget' | 'backend' | 'disk'
  readonly message: string
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
  /** Calls whose price is not known: the cost is then "at least". */
  readonly unpricedCalls: number
  /** Only simulated tiers: no model was called, the prices are play money. */
  readonly simulated: boolean
  readonly usage: Usage
  /** Calls to backends, repair turns and retries included. */
  readonly calls: number
  /** Stage answers taken over from an earlier part of this run or from memory. */
  readonly reused: number
  readonly concurrency: number | 'unbounded'
  readonly budgetMicros: number | null
  /** Unix milliseconds. */
  readonly startedAt: number
  readonly endedAt: number | null
  /** Time in which the run was really running, without pauses. */
  readonly activeMs: number
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
const stageOverride = z.strictObject({
  tier: z.string().min(1).optional(),
  /** Another model of the tier's backend. */
  model: z.string().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.number().int().positive().optional(),
  /** Laid over the stage's own `parameters`. */
  parameters: z.record(z.string(), json).optional(),
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
  /** Results file (.jsonl or .csv) in place of the chain's sink; null: none. */
  output: z.string().nullable().optional(),
})
export type LaunchOptions = z.infer<typeof launchOptions>
