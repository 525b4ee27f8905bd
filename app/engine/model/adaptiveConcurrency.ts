/** The share of refusals is that of about so many calls. */
const REMEMBERED_CALLS = 32

/** Below it refusals have died away. */
const RARE = 0.02

/** A call that ended. */
interface EndedCall {
  /** Calls that began before it. */
  readonly number: number
  /** The most calls, itself included, that were in flight with it when it began and when it ended. */
  readonly inFlight: number
}

/**
 * How many calls a backend takes at once, learned from its refusals. There is no limit until one comes; then it is half of
 * what was in flight, and grows by about one for each round of as many answers. Later refusals lower it by half their share
 * among the calls: where the limit is far too high nearly all are refused, and it is halved again; where a tenth is refused
 * whatever the load, it stays at some twenty instead of falling to one or two. Refusals of calls that began before the
 * last time say nothing new.
 */
export class AdaptiveConcurrency {
  #limit: number | null = null
  #refusedShare = 0
  #firstCounted = 0
  /** Of the round that goes on: answers, and the most calls in flight at once. */
  #answers = 0
  #most = 0

  /** At least 1; null: none was learned, or it is forgotten. */
  get limit(): number | null {
    return this.#limit === null ? null : Math.max(1, Math.floor(this.#limit))
  }

  /** `ceiling`: of settings; null: none. */
  answered({ inFlight }: EndedCall, ceiling: number | null): void {
    this.#refusedShare -= this.#refusedShare / REMEMBERED_CALLS
    if (this.#limit === null) return
    this.#most = Math.max(this.#most, inFlight)
    this.#answers++
    this.#limit += 1 / this.#limit
    if (this.#answers < this.#limit) return
    if (ceiling !== null && this.#limit >= ceiling) this.#limit = null
    else if (this.#limit > 2 * this.#most) {
      // It has not bound for a whole round: it need not grow, and is forgotten once nothing is refused any more.
      this.#limit = this.#refusedShare < RARE ? null : 2 * this.#most
    }
    this.#beginRound()
  }

  /** `begun`: calls that have begun so far. */
  refused({ number, inFlight }: EndedCall, begun: number): void {
    const share = this.#refusedShare
    this.#refusedShare += (1 - share) / REMEMBERED_CALLS
    if (number < this.#firstCounted) return
    this.#firstCounted = begun
    const lowered = this.#limit === null ? inFlight / 2 : this.#limit * (1 - share / 2)
    this.#limit = Math.max(1, lowered)
    this.#beginRound()
  }

  #beginRound(): void {
    this.#answers = 0
    this.#most = 0
  }
}
