import type { Draws } from './draws.ts'
import type { Sum } from './itemSizes.ts'
import { type StageSample, sum } from './stageSample.ts'

/** Which items of the source come to a stage: as many, of as much size together. */
export interface Reach extends Sum {
  /** Chance of an item that was not sampled, where that does not hang on its size. */
  readonly probability: number
}

/** Before anything is seen, how likely it is that a size decides. */
const SIZE_DECIDES = 0.25

/**
 * Items that were not sampled and come to the stage. A branch is taken by chance, as often as in the sample, unless the
 * sampled items on it are just the largest or just the smallest: then their size may be what decides.
 */
export function drawReach(sample: StageSample, weights: readonly number[], draws: Draws): Reach {
  const { stage, sizes, reached } = sample
  const split = stage.isConditional ? splitBySize(sample) : null
  if (split !== null && draws.uniform() < split.belief) return reachBySize(sample, split, draws)
  // Half an observation of either end, so that what was never seen is not taken to be impossible.
  const yes = stage.isConditional ? draws.halfWeight() : draws.weight()
  const no = stage.isConditional ? draws.halfWeight() : 0
  let [on, all] = [yes, yes + no]
  // By weights that sum up to the number of items.
  const scale = reached.length / Math.max(1e-12, sum(weights))
  for (const [place, is] of reached.entries()) {
    const weight = (weights[place] ?? 0) * scale
    all += weight
    if (is) on += weight
  }
  const probability = all === 0 ? 1 : on / all
  const { rest } = sample
  const noise = draws.normal() * Math.sqrt(Math.max(0, probability * (1 - probability) * rest.count))
  const count = Math.min(rest.count, Math.max(0, probability * rest.count + noise))
  const share = rest.count === 0 ? 0 : count / rest.count
  return { count, total: share * rest.total, probability: sizes.count === 0 ? 1 : probability }
}

interface Split {
  /** Sampled items from this size on are on the side of the large ones. */
  readonly above: number
  readonly below: number
  readonly isLarge: boolean
  readonly belief: number
}

function splitBySize({ size, reached }: StageSample): Split | null {
  const on = size.filter((_, place) => reached[place])
  const off = size.filter((_, place) => reached[place] !== true)
  if (on.length === 0 || off.length === 0) return null
  const [least, most] = [Math.min(...on), Math.max(...on)]
  const [offLeast, offMost] = [Math.min(...off), Math.max(...off)]
  const isLarge = least > offMost
  if (!isLarge && most >= offLeast) return null
  // That chance alone would have sorted them so, against a border somewhere among them, in either direction.
  const byChance = chanceOfOrder(on.length, off.length)
  const bySize = 1 / (2 * Math.max(1, size.length - 1))
  const odds = (SIZE_DECIDES * bySize) / ((1 - SIZE_DECIDES) * byChance)
  return {
    below: isLarge ? offMost : most,
    above: isLarge ? least : offLeast,
    isLarge,
    belief: odds / (1 + odds),
  }
}

/** Of one row of so many yes and no among all rows, where any share of yes is as likely as any other. */
function chanceOfOrder(on: number, off: number): number {
  let chance = 1 / (on + off + 1)
  for (let step = 1; step <= Math.min(on, off); step++) chance *= step / (Math.max(on, off) + step)
  return chance
}

function reachBySize(sample: StageSample, { above, below, isLarge }: Split, draws: Draws): Reach {
  const border = below + (above - below) * draws.uniform()
  const { sizes } = sample
  const large = sizes.above(border)
  const known = sampledWithin(sample).filter((one) => one >= border)
  const { rest } = sample
  const restLarge = {
    count: Math.max(0, large.count - known.length),
    total: Math.max(0, large.total - sum(known)),
  }
  const reached = isLarge
    ? restLarge
    : { count: Math.max(0, rest.count - restLarge.count), total: Math.max(0, rest.total - restLarge.total) }
  return { ...reached, probability: rest.count === 0 ? 0 : reached.count / rest.count }
}

/** Sizes of the sampled items that the run takes in. */
function sampledWithin({ sizes, items, size }: Pick<StageSample, 'sizes' | 'items' | 'size'>): readonly number[] {
  return size.filter((_, place) => (items[place] ?? 0) < sizes.count)
}
