const SHORTEST_MS = 100
const LONGEST_MS = 30_000
/** A refusal alone may be chance, which a wait of the whole backend does not heal. */
const CLOSES_AT = 2
const MOST_STEPS = CLOSES_AT + Math.ceil(Math.log2(LONGEST_MS / SHORTEST_MS))

/**
 * When a backend is left alone: for as long as it asks; and where it refuses without a word, for a tenth of a second, twice
 * as long each time that calls which began after the last time are refused too. Each answer makes it four times shorter.
 */
export class Closing {
  #until = 0
  #steps = 0
  #firstCounted = 0

  /** No call starts before `ms` from `now`. */
  closeFor(ms: number, now: number): void {
    this.#until = Math.max(this.#until, now + ms)
  }

  /** A call, by its number, was refused without a word of how long; `begun`: calls that have begun so far. */
  refused(call: number, begun: number, now: number): void {
    if (call < this.#firstCounted) return
    this.#steps = Math.min(MOST_STEPS, this.#steps + 1)
    if (this.#steps < CLOSES_AT) return
    this.#firstCounted = begun
    this.closeFor(Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (this.#steps - CLOSES_AT)), now)
  }

  answered(): void {
    // Faster down than up: where refusals are chance, half of all calls may be refused without a long wait.
    this.#steps = Math.max(0, this.#steps - 2)
  }

  waitMs(now: number): number {
    return Math.max(0, this.#until - now)
  }
}
