/** The sizes of a source's items in tokens, by index, and what is asked of them. */
export interface ItemSizes {
  readonly count: number
  readonly total: number
  at(index: number): number
  /** How many items of the source are at least so large, and what they add up to. */
  above(size: number): Sum
  /** How many items stand for each of these, so that each item of the source belongs to the one nearest in rank. */
  shares(indexes: readonly number[]): readonly number[]
}

export interface Sum {
  readonly count: number
  readonly total: number
}

/** `count`: only the first of them are run; what was sampled behind them still says how size and cost belong together. */
export function itemSizes(sizes: ArrayLike<number>, count = sizes.length): ItemSizes {
  const ascending = Float64Array.from(sizes).slice(0, count).sort()
  /** What those from a rank on add up to. */
  const from = new Float64Array(ascending.length + 1)
  for (let rank = ascending.length - 1; rank >= 0; rank--) from[rank] = (from[rank + 1] ?? 0) + (ascending[rank] ?? 0)
  const at = (index: number) => sizes[index] ?? 0
  return {
    count: ascending.length,
    total: from[0] ?? 0,
    at,
    above: (size) => {
      const rank = firstAtLeast(ascending, size)
      return { count: ascending.length - rank, total: from[rank] ?? 0 }
    },
    shares: (indexes) => {
      const ranks = ranksOf(ascending, indexes.map(at))
      const order = indexes.map((_, place) => place).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
      const shares = indexes.map(() => 0)
      for (const [position, place] of order.entries()) {
        const own = ranks[place] ?? 0
        const before = position === 0 ? 0 : (own + (ranks[order[position - 1] ?? 0] ?? 0)) / 2
        const last = position === order.length - 1
        const behind = last ? ascending.length : (own + (ranks[order[position + 1] ?? 0] ?? 0)) / 2
        shares[place] = behind - before
      }
      return shares
    },
  }
}

/** Ranks from ½ on, one below the other where sizes are the same: these stand evenly among all that are of that size. */
function ranksOf(ascending: Float64Array, sizes: readonly number[]): readonly number[] {
  const same = new Map<number, number[]>()
  for (const [place, size] of sizes.entries()) same.set(size, [...(same.get(size) ?? []), place])
  const ranks = sizes.map(() => 0)
  for (const [size, places] of same) {
    const first = firstAtLeast(ascending, size)
    const count = Math.max(1, firstAbove(ascending, size) - first)
    for (const [number, place] of places.entries()) ranks[place] = first + ((number + 0.5) * count) / places.length
  }
  return ranks
}

function firstAtLeast(ascending: Float64Array, size: number): number {
  return firstWhere(ascending, (other) => other >= size)
}

function firstAbove(ascending: Float64Array, size: number): number {
  return firstWhere(ascending, (other) => other > size)
}

function firstWhere(ascending: Float64Array, holds: (size: number) => boolean): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(ascending[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
