import type { GridShape } from '../../../ui/grid/gridLayout.ts'

/** The least that shows anything of a lane. */
export const LEAST_BAND = 64
/** What a lane of few items takes under their names: as the grid draws it at its largest. */
const CELL_WIDTH = 130
const ROW = 44
const NAMES_AND_GAP = 30
const NAMES_LEFT = 100

/** A height in which the grid shows all items of a lane as large as it ever would. */
export function goodHeight({ items, stages }: GridShape, width: number): number {
  const perRow = Math.max(1, Math.floor((width - NAMES_LEFT) / CELL_WIDTH))
  return Math.max(1, Math.ceil(items / perRow)) * (Math.max(1, stages) * ROW + NAMES_AND_GAP)
}

/**
 * Shares the height out: a lane that is content with less than its share leaves the rest to the others, so that a few
 * groups do not take the room of a thousand items. What nobody needs goes to all alike. Fits exactly, unless that
 * would leave a lane less than the least.
 */
export function bandHeights(good: readonly number[], height: number): readonly number[] {
  const heights = new Map<number, number>()
  let left = height
  // The most modest first: what they leave is there for those behind.
  const order = good
    .map((wanted, at) => ({ wanted: Math.max(LEAST_BAND, wanted), at }))
    .sort((a, b) => a.wanted - b.wanted)
  for (const [done, { wanted, at }] of order.entries()) {
    const share = left / (order.length - done)
    const given = Math.floor(Math.min(wanted, share))
    heights.set(at, given)
    left -= given
  }
  const spare = Math.floor(left / Math.max(1, good.length))
  return good.map((_, at) => Math.max(LEAST_BAND, (heights.get(at) ?? 0) + spare))
}
