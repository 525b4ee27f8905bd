import { type Draws, NO_CHANCE } from './draws.ts'
import { atSize, fitLine, type Line, sumOfLine } from './fitLine.ts'
import { drawReach, type Reach, unsampled } from './reach.ts'
import { type Quantity, type StageSample, sum } from './stageSample.ts'

/** What a stage takes over items: tokens of all its calls, and their time one after the other. */
export interface StageTotals {
  readonly calls: number
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
  readonly latencyMs: number
}

/** How sure one observation is taken to be of what a stage usually takes, as a share of it. */
const OF_ONE = 0.45
/** Where nothing was observed at all. */
const OF_NONE = { input: 0.35, output: 0.7, latencyMs: 0.6 }
/** Tokens were counted by another tier's own tokenizer, and its answers are of its own length. */
const TRANSFERRED = { input: 0.08, output: 0.25, latencyMs: 0.5 }
/** Calls that are made again, of so many, before any was seen. */
const AGAIN = { share: 0.3, of: 10 }
/** What shared calls add: the id under which an item travels there and back, and how the answer is to be given. */
const PACK_TOKENS = { input: 20, output: 14, perCall: 120 }
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
  }
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
  const on = placesOf(sample)
  const again = drawAgain(sample, weights, draws)
  const of = (quantity: Quantity) => drawQuantity(sample, { quantity, on, weights, items, common }, draws)
  const { stage } = sample
  const calls = of('calls')
  const madeCalls = stage.groups ?? calls / stage.pack
  const packInput = stage.pack > 1 ? calls * PACK_TOKENS.input + madeCalls * PACK_TOKENS.perCall : 0
  const input = of('input') + madeCalls * sample.fixedTokens + packInput
  const perGroup = stage.groups === null || items.count === 0 ? 1 : stage.groups / items.count
  const output = of('output') * perGroup + (stage.pack > 1 ? calls * PACK_TOKENS.output : 0)
  const ofGroups = stage.groups === null ? 1 : Math.exp(GROUP_SPREAD * draws.normal())
  const inputTokens = input * again * ofGroups
  return {
    calls: madeCalls * again,
    inputTokens,
    cachedTokens: inputTokens * sample.cachedShare,
    cacheWriteTokens: inputTokens * sample.cacheWriteShare,
    outputTokens: output * again * ofGroups,
    // An answer for many takes about as long as it is; waiting for its beginning is shared.
    latencyMs: of('latencyMs') * again * perGroup * (stage.pack > 1 ? 0.6 : 1),
  }
}

function withSampled(sample: StageSample, reach: Reach): Reach {
  const { sizes } = sample
  const rest = unsampled(sample)
  const share = rest.count === 0 ? reach.probability : reach.count / rest.count
  return {
    probability: reach.probability,
    count: reach.count + share * (sizes.count - rest.count),
    total: reach.total + share * (sizes.total - rest.total),
  }
}

/** Places of the sampled items that came to the stage: those that were asked once, where these are most of them. */
function placesOf({ reached, isClean }: StageSample): readonly number[] {
  const all = reached.flatMap((is, place) => (is ? [place] : []))
  const clean = all.filter((place) => isClean[place])
  return clean.length * 2 > all.length ? clean : all
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
  const { values, reached, isClean } = sample
  const on = placesOf(sample)
  const dirty = reached.flatMap((is, place) => (is && isClean[place] !== true ? [place] : []))
  // Where most were asked again, the line has it.
  if (dirty.some((place) => on.includes(place))) return 1
  const take = (quantity: 'input' | 'output') => lineOf(sample, { quantity, on, weights }, NO_CHANCE)
  const [input, output] = on.length === 0 ? [null, null] : [take('input'), take('output')]
  const scale = reached.length / Math.max(1e-12, sum(weights))
  let [more, all] = [AGAIN.share * 2 * draws.halfWeight(), AGAIN.of]
  for (const place of [...on, ...dirty]) {
    const weight = (weights[place] ?? 0) * scale
    all += weight
    if (!dirty.includes(place) || input === null || output === null) continue
    const size = sample.size[place] ?? 0
    const fixed = sample.fixedTokens * (values.calls[place] ?? 0)
    const expected = fixed + atSize(input, size) + 4 * atSize(output, size)
    const was = fixed + (values.input[place] ?? 0) + 4 * (values.output[place] ?? 0)
    more += weight * Math.max(0, was / Math.max(1, expected) - 1)
  }
  return 1 + more / all
}
