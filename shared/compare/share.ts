/** How many of how many, and what that says of all others. */
export interface Share {
  readonly count: number
  /** At least 1. */
  readonly of: number
  /** `count / of`. */
  readonly share: number
  /** The true share lies between these two with 95 % (Wilson). 0 ≤ low ≤ share ≤ high ≤ 1. */
  readonly low: number
  readonly high: number
}

/** Of a normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.96

/** null: of nothing. */
export function shareOf(count: number, of: number): Share | null {
  if (of === 0) return null
  const share = count / of
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of)
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))
  return { count, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** `93 % (84–98)` */
export function formatShare({ share, low, high }: Share): string {
  return `${percent(share)} % (${percent(low)}–${percent(high)})`
}

export function percent(share: number): number {
  return Math.round(share * 100)
}
