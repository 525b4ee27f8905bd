/** Time and dice, as arguments: tests move them by hand. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number
  /** A monotonic reading in milliseconds, for durations. */
  elapsed(): number
  /** Resolves after `ms`; rejects with the signal's reason if it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** 0 ≤ n < 1 */
  random(): number
}
