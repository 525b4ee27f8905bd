import type { Usage } from '../../../shared/usage.ts'
import type { ItemSizes, Sum } from './itemSizes.ts'

/** What a sampled item came to at one stage: summed over the elements of a map, and over repairs and retries. */
export interface StageObservation {
  readonly reached: boolean
  readonly calls: number
  /** At least `calls`; more where an answer was asked for again. */
  readonly attempts: number
  readonly usage: Usage
  readonly latencyMs: number
  /** Millionths of a dollar; null: not known. */
  readonly costMicros: number | null
  /** Its answer came from the better tier. */
  readonly isEscalated: boolean
}

/** A model stage on the tier that it would run on. */
export interface EstimatedStage {
  readonly id: string
  readonly tier: string
  /** An item may pass it by: it, or one before it, has a `when`, or stands in a map that may be empty. */
  readonly isConditional: boolean
  /** Tokens of every call that do not depend on the item: instructions, knowledge, schema. */
  readonly fixedTokens: number
  /** Items that share a call; 1: each has its own. */
  readonly pack: number
  /** Tokens that a shared call has beside `fixedTokens` and its items. */
  readonly packTokens: number
  /** Behind a gather: how many groups there will be; null: it runs once an item. */
  readonly groups: number | null
  /** A call where nobody has made one yet. */
  readonly rough: { readonly inputTokens: number; readonly outputTokens: number }
  /** By index of the sampled item. */
  readonly observed: ReadonlyMap<number, StageObservation>
  /** It was observed on another tier: tokens are much alike, times are not known. */
  readonly isTransferred: boolean
  /** Answers are checked, and asked for again where they do not fit. */
  readonly isChecked: boolean
  /** What a call of the tier costs that is asked where an answer stays invalid; null: none is. */
  readonly escalatedMicros: ((usage: Usage) => number | null) | null
  /** Of one call; null: the price is not known. */
  costMicros(usage: Usage): number | null
}

/** A stage's observations beside the sizes of their items, as resampling reads them. Arrays run over sampled items. */
export interface StageSample {
  readonly stage: EstimatedStage
  readonly sizes: ItemSizes
  readonly items: readonly number[]
  readonly size: readonly number[]
  /** How many items of the source each stands for. */
  readonly share: readonly number[]
  readonly reached: readonly boolean[]
  /** As `EstimatedStage.fixedTokens`, but never more than a call had: providers cut text otherwise than our tokenizer. */
  readonly fixedTokens: number
  /** Places of those that came to the stage and say what it takes: those asked once, where these are most of them. */
  readonly told: readonly number[]
  /** Places of those that were asked again, where these are the fewer. */
  readonly again: readonly number[]
  /** Items of the source that were not sampled. */
  readonly rest: Sum
  readonly values: { readonly [quantity in Quantity]: readonly number[] }
  readonly cachedShare: number
  readonly cacheWriteShare: number
}

/** What is predicted for an item from its size. `input` is without the tokens that are the same in every call. */
export type Quantity = 'calls' | 'input' | 'output' | 'latencyMs'

export function stageSample(stage: EstimatedStage, sizes: ItemSizes): StageSample {
  const items = [...stage.observed.keys()].sort((a, b) => a - b)
  const seen = items.flatMap((index) => stage.observed.get(index) ?? [])
  const perCall = seen.flatMap(({ usage, attempts }) => (attempts > 0 ? [usage.inputTokens / attempts] : []))
  const fixedTokens = Math.min(stage.fixedTokens, ...perCall.filter((tokens) => tokens > 0))
  const inputTokens = sum(seen.map(({ usage }) => usage.inputTokens))
  const shareOf = (of: 'cachedTokens' | 'cacheWriteTokens') =>
    inputTokens === 0 ? 0 : Math.min(1, sum(seen.map(({ usage }) => usage[of])) / inputTokens)
  const isClean = seen.map(({ attempts, calls }) => attempts <= calls)
  const reached = seen.flatMap(({ reached }, place) => (reached ? [place] : []))
  const clean = reached.filter((place) => isClean[place])
  const isMostlyClean = clean.length * 2 > reached.length
  const within = items.filter((index) => index < sizes.count)
  return {
    stage,
    sizes,
    items,
    fixedTokens,
    told: isMostlyClean ? clean : reached,
    again: isMostlyClean ? reached.filter((place) => isClean[place] !== true) : [],
    rest: {
      count: Math.max(0, sizes.count - within.length),
      total: Math.max(0, sizes.total - sum(within.map((index) => sizes.at(index)))),
    },
    size: items.map((index) => sizes.at(index)),
    share: sizes.shares(items),
    reached: seen.map(({ reached }) => reached),
    values: {
      calls: seen.map(({ calls }) => calls),
      input: seen.map(({ usage, calls }) => Math.max(0, usage.inputTokens - calls * fixedTokens)),
      output: seen.map(({ usage }) => usage.outputTokens),
      latencyMs: seen.map(({ latencyMs }) => latencyMs),
    },
    cachedShare: shareOf('cachedTokens'),
    cacheWriteShare: shareOf('cacheWriteTokens'),
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
