/** A token bucket for so many a minute; may be overdrawn by what is only known afterwards. */
export class Bucket {
  readonly perMinute: number
  readonly #perMs: number
  readonly #capacity: number
  #level: number
  #at: number

  /** Holds a tenth of a minute's worth, so that a start does not burst into the provider's limit. */
  constructor(perMinute: number, now: number) {
    this.perMinute = perMinute
    this.#perMs = perMinute / 60_000
    this.#capacity = Math.max(1, perMinute / 10)
    this.#level = this.#capacity
    this.#at = now
  }

  take(amount: number, now: number): void {
    this.#fill(now)
    this.#level -= amount
  }

  /** The provider says that no more than this is left. */
  leave(amount: number, now: number): void {
    this.#fill(now)
    this.#level = Math.min(this.#level, amount)
  }

  /** Milliseconds until so many are there. */
  waitMs(amount: number, now: number): number {
    this.#fill(now)
    const missing = amount - this.#level
    return missing <= 0 ? 0 : Math.max(1, missing / this.#perMs)
  }

  /** Share that is used up now: 0 to 1. */
  used(now: number): number {
    this.#fill(now)
    return Math.min(1, Math.max(0, 1 - this.#level / this.#capacity))
  }

  #fill(now: number): void {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs)
    this.#at = now
  }
}
