interface BucketSetup {
  readonly perMinute: number
  /** The most it holds. */
  readonly capacity: number
  readonly level: number
  readonly now: number
}

/** What may be used, coming back at an even rate. May be overdrawn by what is only known afterwards. */
export class Bucket {
  readonly perMinute: number
  readonly capacity: number
  #level: number
  #at: number

  constructor({ perMinute, capacity, level, now }: BucketSetup) {
    this.perMinute = perMinute
    this.capacity = capacity
    this.#level = Math.min(level, capacity)
    this.#at = now
  }

  take(amount: number, now: number): void {
    this.#level = Math.min(this.capacity, this.level(now) - amount)
  }

  /** Below zero: owed. */
  level(now: number): number {
    this.#level = Math.min(this.capacity, this.#level + ((now - this.#at) * this.perMinute) / 60_000)
    this.#at = now
    return this.#level
  }

  /** Until so much may be taken; of more than it can hold, until it is full. */
  waitMs(amount: number, now: number): number {
    const missing = Math.min(amount, this.capacity) - this.level(now)
    return missing <= 0 ? 0 : Math.max(1, (missing * 60_000) / this.perMinute)
  }
}
