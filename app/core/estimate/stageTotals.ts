import { type Draws, NO_CHANCE } from './draws.ts'
import { atSize, fitLine, type Line, sumOfLine } from './fitLine.ts'
import { drawReach, type Reach } from './reach.ts'
import { type Quantity, type StageSample, sum } from './stageSample.ts'

/** What a stage takes over items: tokens of all its calls, and their time one after the other. */
export interface StageTotals {
  readonly calls: number
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
  readonly latencyMs: number
  /** Those of `calls` that the better tier is asked again. */
  readonly escalated: number
}

/** How sure one observation is taken to be of what a stage usually takes, as a share of it. */
const OF_ONE = 0.45
/** Where nothing was observed at all. */
const OF_NONE = { input: 0.35, output: 0.7, latencyMs: 0.6 }
/** Tokens were counted by another tier's own tokenizer, and its answers are of its own length. */
const TRANSFERRED = { input: 0.08, output: 0.25, latencyMs: 0.5 }
/** Calls that are made again, of so many, before any was seen. */
const AGAIN = { share: 0.2, ofChecked: 0.9, of: 10 }
/** Answers that are asked of the better tier, of so many, before any was seen. */
const ESCALATED = { share: 0.4, of: 6 }
/** The id under which an item of a shared call travels there and back. */
const PACK_TOKENS = { input: 12, output: 8 }
/** Shared calls were not tried, and some of them are made again in smaller ones. */
const PACK_SPREAD = 0.06
/** What stands around a group's members is not known from groups of one. */
const GROUP_SPREAD = 0.3

/** What is known of the sampled items: they take in the run what they took in the sample. */
export function knownTotals(sample: StageSample): StageTotals {
  const { stage, items, sizes } = sample
  const within = isKnown(sample) ? items.filter((index) => index < sizes.count) : []
  const seen = within.flatMap((index) => stage.observed.get(index) ?? [])
  const of = (value: (one: (typeof seen)[number]) => number) => sum(seen.map(value))
  return {
    calls: of(({ calls }) => calls),
    inputTokens: of(({ usage }) => usage.inputTokens),
    cachedTokens: of(({ usage }) => usage.cachedTokens),
    cacheWriteTokens: of(({ usage }) => usage.cacheWriteTokens),
    outputTokens: of(({ usage }) => usage.outputTokens),
    latencyMs: of(({ latencyMs }) => latencyMs),
    escalated: 0,
  }
}

/** What they cost, to the last millionth of a dollar; null: it is not known of all of them. */
export function knownMicros(sample: StageSample): number | null {
  const { stage, items, sizes } = sample
  if (!isKnown(sample)) return null
  return items.reduce<number | null>((all, index) => {
    const seen = index < sizes.count ? stage.observed.get(index) : undefined
    if (seen === undefined || !seen.reached) return all
    return all === null || seen.costMicros === null ? null : all + seen.costMicros
  }, 0)
}

/** Shared calls, groups and other tiers were not tried as they will run. */
function isKnown({ stage }: StageSample): boolean {
  return stage.pack === 1 && stage.groups === null && !stage.isTransferred
}

/** One draw of what all other items take. `weights`: of the sampled items; `common`: moves all stages together. */
export function drawTotals(
  sample: StageSample,
  { weights, common }: { readonly weights: readonly number[]; readonly common: number },
  draws: Draws,
): StageTotals {
  const reach = drawReach(sample, weights, draws)
  const items = isKnown(sample) ? reach : withSampled(sample, reach)
  const on = sample.told
  const again = drawAgain(sample, weights, draws)
  const of = (quantity: Quantity) => drawQuantity(sample, { quantity, on, weights, items, common }, draws)
  const { stage } = sample
  const calls = of('calls')
  const madeCalls = stage.groups ?? calls / stage.pack
  const packInput = stage.pack > 1 ? calls * PACK_TOKENS.input + madeCalls * stage.packTokens : 0
  const input = of('input') + madeCalls * sample.fixedTokens + packInput
  const perGroup = stage.groups === null || items.count === 0 ? 1 : stage.groups / items.count
  const output = of('output') * perGroup + (stage.pack > 1 ? calls * PACK_TOKENS.output : 0)
  const untried = stage.groups !== null ? GROUP_SPREAD : stage.pack > 1 ? PACK_SPREAD : 0
  const moved = untried === 0 ? 1 : Math.exp(untried * draws.normal())
  const inputTokens = input * again * moved
  return {
    calls: madeCalls * again,
    inputTokens,
    cachedTokens: inputTokens * sample.cachedShare,
    cacheWriteTokens: inputTokens * sample.cacheWriteShare,
    outputTokens: output * again * moved,
    // An answer for many takes about as long as it is; waiting for its beginning is shared.
    latencyMs: of('latencyMs') * again * perGroup * (stage.pack > 1 ? 0.6 : 1),
    escalated: stage.escalatedMicros === null ? 0 : calls * drawEscalation(sample, weights, draws),
  }
}

function withSampled(sample: StageSample, reach: Reach): Reach {
  const { sizes, rest } = sample
  const share = rest.count === 0 ? reach.probability : reach.count / rest.count
  return {
    probability: reach.probability,
    count: reach.count + share * (sizes.count - rest.count),
    total: reach.total + share * (sizes.total - rest.total),
  }
}

interface Drawn {
  readonly quantity: Quantity
  readonly on: readonly number[]
  readonly weights: readonly number[]
  readonly items: Reach
  readonly common: number
}

function drawQuantity(sample: StageSample, drawn: Drawn, draws: Draws): number {
  const { quantity, on, items, common } = drawn
  const { stage } = sample
  const spread = (share: number) => Math.exp(share * draws.normal())
  if (on.length === 0) return quantityOfNone(sample, quantity, items) * noneSpread(quantity, spread)
  const line = lineOf(sample, drawn, draws)
  const one = OF_ONE / on.length ** 1.5
  const moved = quantity === 'calls' ? 1 : spread(one)
  const transferred = stage.isTransferred && quantity !== 'calls' ? spread(TRANSFERRED[quantity]) : 1
  const ofSingle = line.spread * Math.sqrt(items.count) * line.mean
  return Math.max(0, sumOfLine(line, items) * moved * transferred + common * ofSingle)
}

function lineOf(sample: StageSample, { quantity, on, weights }: Omit<Drawn, 'items' | 'common'>, draws: Draws): Line {
  const pick = (from: readonly number[]) => on.map((place) => from[place] ?? 0)
  return fitLine({ sizes: pick(sample.size), values: pick(sample.values[quantity]), weights: pick(weights) }, draws)
}

function quantityOfNone({ stage }: StageSample, quantity: Quantity, { count }: Reach): number {
  switch (quantity) {
    case 'calls':
      return count
    case 'input':
      return count * Math.max(0, stage.rough.inputTokens - stage.fixedTokens)
    case 'output':
      return count * stage.rough.outputTokens
    case 'latencyMs':
      // The beginning of an answer, and some hundred tokens a second.
      return count * (800 + 10 * stage.rough.outputTokens)
  }
}

function noneSpread(quantity: Quantity, spread: (share: number) => number): number {
  return quantity === 'calls' ? 1 : spread(OF_NONE[quantity])
}

/** By how much repairs and retries raise what a stage takes: at least 1. */
function drawAgain(sample: StageSample, weights: readonly number[], draws: Draws): number {
  const { values, reached, told: on, again: dirty } = sample
  const take = (quantity: 'input' | 'output') => lineOf(sample, { quantity, on, weights }, NO_CHANCE)
  const [input, output] = dirty.length === 0 ? [null, null] : [take('input'), take('output')]
  const scale = reached.length / Math.max(1e-12, sum(weights))
  const usual = sample.stage.isChecked ? AGAIN.ofChecked : AGAIN.share
  let [more, all] = [usual * 2 * draws.halfWeight(), AGAIN.of]
  for (const place of on) all += (weights[place] ?? 0) * scale
  for (const place of dirty) {
    const weight = (weights[place] ?? 0) * scale
    all += weight
    if (input === null || output === null) continue
    const size = sample.size[place] ?? 0
    const fixed = sample.fixedTokens * (values.calls[place] ?? 0)
    const expected = fixed + atSize(input, size) + 4 * atSize(output, size)
    const was = fixed + (values.input[place] ?? 0) + 4 * (values.output[place] ?? 0)
    more += weight * Math.max(0, was / Math.max(1, expected) - 1)
  }
  return 1 + more / all
}

/** The share of calls whose answer stays invalid. It is small and dear: one in ten items says little of it. */
function drawEscalation(sample: StageSample, weights: readonly number[], draws: Draws): number {
  const { items, reached, stage } = sample
  const scale = reached.length / Math.max(1e-12, sum(weights))
  let [more, all] = [ESCALATED.share * 2 * draws.halfWeight(), ESCALATED.of]
  for (const [place, index] of items.entries()) {
    const seen = stage.observed.get(index)
    if (seen?.reached !== true) continue
    const weight = (weights[place] ?? 0) * scale
    all += weight * seen.calls
    if (seen.isEscalated) more += weight
  }
  return Math.min(1, more / all)
}
