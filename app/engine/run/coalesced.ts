/** Calls `push` a moment after something has changed, however often it has changed until then. */
export class Coalesced {
  readonly #waitMs: number
  readonly #push: () => void
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(waitMs: number, push: () => void) {
    this.#waitMs = waitMs
    this.#push = push
  }

  changed(): void {
    if (this.#isStopped) return
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#push()
    }, this.#waitMs)
  }

  /** Nothing is pushed any more. */
  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }
}
