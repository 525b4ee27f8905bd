/** What is left of the calls in flight after a refusal. */
const DECREASE = 0.7

/**
 * How many calls a backend takes at once, learned from its refusals: none is known until it refuses; then fewer at a time,
 * and slowly more again with each good answer (as TCP does), until so many are allowed that the limit means nothing
 * any more and is forgotten.
 */
export class AdaptiveConcurrency {
  #limit: number | null = null
  /** In flight when it refused for the first time: twice that is no limit. */
  #refusedAt = 0
  #decreasedAt = Number.NEGATIVE_INFINITY

  /** Calls at once; null: no limit is known. */
  get limit(): number | null {
    return this.#limit === null ? null : Math.max(1, Math.floor(this.#limit))
  }

  answered(): void {
    if (this.#limit === null) return
    this.#limit += 1 / this.#limit
    if (this.#limit >= 2 * this.#refusedAt) this.#limit = null
  }

  /**
   * `active`: calls in flight, this one among them; `startedAt`: when it started. Calls that were on their way when
   * the limit went down last say nothing new.
   */
  refused({ active, startedAt, now }: { active: number; startedAt: number; now: number }): void {
    if (startedAt < this.#decreasedAt) return
    if (this.#limit === null) this.#refusedAt = active
    this.#limit = Math.max(1, Math.min(active, this.#limit ?? active) * DECREASE)
    this.#decreasedAt = now
  }
}
