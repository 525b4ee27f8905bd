import { z } from 'zod'
import type { FailureKind } from './failure.ts'
import { type StageOverride, stageOverride } from './run.ts'

/**
 * Which items of a run a change is for. `rest`: those that are not finished. `failed`: these, and the failed ones again.
 * `all`: every item again; what is asked as before comes from memory. `items`: failed ones that are named, by index or by
 * their cause (`FailureCause.cause`); others keep what they have.
 */
export const changeScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rest') }),
  z.object({ kind: z.literal('failed') }),
  z.object({ kind: z.literal('all') }),
  z.object({
    kind: z.literal('items'),
    lane: z.number().int().nonnegative(),
    indexes: z.array(z.number().int().nonnegative()).max(100_000).optional(),
    causes: z.array(z.string()).max(1000).optional(),
  }),
])
export type ChangeScope = z.infer<typeof changeScope>

/** What is different from now on. Laid over what the run had before. */
export const runChange = z.object({
  scope: changeScope,
  /** The chain's text in place of the run's; the stages must be the same ones. Left out: as it is. */
  text: z.string().optional(),
  /** Stage id → tier. */
  tiers: z.record(z.string(), z.string()).optional(),
  /** Stage id → what else is different there. */
  stages: z.record(z.string(), stageOverride).optional(),
})
export type RunChange = z.infer<typeof runChange>

/** One state of a run's chain: 0 is the launch. */
export interface RunRevision {
  readonly revision: number
  /** Unix milliseconds. */
  readonly at: number
  readonly chainText: string
  /** Stages that are different from the revision before; empty at the launch and of a plain retry. */
  readonly stages: readonly string[]
  /** Whom it was for; null: the launch. */
  readonly scope: ChangeScope['kind'] | null
  /** Finished items that ran by it. */
  readonly items: number
}

/** Failed items that failed for the same cause. */
export interface FailureCause {
  /** Names the group within its run. */
  readonly cause: string
  readonly lane: number
  /** null: before any stage, or in the chain's `output`. */
  readonly stage: string | null
  readonly kind: FailureKind
  readonly count: number
  /** What they have in common, in a few words: `Answer cut off at 1,024 tokens`. */
  readonly title: string
  /** One of them. */
  readonly example: { readonly index: number; readonly key: string; readonly message: string }
  /** Up to a hundred of them, ascending. */
  readonly indexes: readonly number[]
  readonly fix: FailureFix
}

/** What could be done about a cause. */
export interface FailureFix {
  /** `retry`: asking again may be enough. `change`: with `stages` different. `edit`: the person must change the chain, the items or the settings. */
  readonly kind: 'retry' | 'change' | 'edit'
  /** On a button: `Raise the answer's limit to 4,096 tokens`. */
  readonly label: string
  /** Why that may help. */
  readonly why: string
  /** Of a `change`; empty otherwise. */
  readonly stages: { readonly [stage: string]: StageOverride }
  /** Of an `edit`: where. */
  readonly place: 'chain' | 'items' | 'settings' | null
}

/** What something would ask for: `312 calls, 88 from memory, about $0.41`. */
export interface RunPreview {
  /** Items that would be worked on; null: their number is not known. */
  readonly items: number | null
  /** Model calls, one for each question that memory cannot answer; repairs and retries are not in it. */
  readonly calls: number
  /** Answers that memory has. */
  readonly remembered: number
  /** Millionths of a dollar, about; null: nothing is known of the price. */
  readonly costMicros: number | null
  /** Some of the calls have no known price: the cost is then at least that. */
  readonly isPricePartial: boolean
  /** What memory saves, by what it cost then. */
  readonly savedMicros: number
  /** false: worked out from a part of the items, or stages build on answers that are not there yet. */
  readonly isExact: boolean
  /** Only simulated tiers: play money. */
  readonly simulated: boolean
}
