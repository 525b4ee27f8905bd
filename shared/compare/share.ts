import { wilsonInterval } from '../judging/wilsonInterval.ts'

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

/** null: of nothing. */
export function shareOf(count: number, of: number): Share | null {
  return of === 0 ? null : { count, of, share: count / of, ...wilsonInterval(count, of) }
}

/** `93 % (84–98)` */
export function formatShare({ share, low, high }: Share): string {
  return `${percent(share)} % (${percent(low)}–${percent(high)})`
}

export function percent(share: number): number {
  return Math.round(share * 100)
}
