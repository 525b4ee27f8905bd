const LEAST_TICK_DISTANCE = 76
/** So near to the first one, a round number is left out. */
const LEAST_AFTER_FIRST = 48

/**
 * Items that an axis numbers, as indexes: the first one, and then those whose number (counted from 1) is round.
 * `itemWidth`: CSS pixels.
 */
export function tickItems({ from, to }: { from: number; to: number }, itemWidth: number): readonly number[] {
  if (to <= from) return []
  const step = roundStep(LEAST_TICK_DISTANCE / itemWidth)
  const items = [from]
  for (let number = Math.ceil((from + 2) / step) * step; number <= to; number += step)
    if ((number - 1 - from) * itemWidth >= LEAST_AFTER_FIRST) items.push(number - 1)
  return items
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  for (const factor of [1, 2, 5]) if (factor * power >= least) return factor * power
  return 10 * power
}
