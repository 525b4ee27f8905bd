/** Bounds around what was measured, both within what it can be at all. */
export interface Interval {
  readonly low: number
  readonly high: number
}
