import { setMaxListeners } from 'node:events'

/**
 * What brings a run to a stop, in two strengths. Every cell of a run listens to it, hundreds at a time.
 */
export class RunSwitch {
  readonly #suspend = new AbortController()
  readonly #abort = new AbortController()

  constructor() {
    // So many listeners are no leak here, which is what Node would warn of.
    setMaxListeners(0, this.#suspend.signal, this.#abort.signal)
  }

  /** Aborts when no new call may start. Calls in flight are awaited. */
  get suspend(): AbortSignal {
    return this.#suspend.signal
  }

  /** Aborts when calls in flight are to be given up too. */
  get abort(): AbortSignal {
    return this.#abort.signal
  }

  stopStarting(): void {
    this.#suspend.abort()
  }

  giveUp(): void {
    this.#suspend.abort()
    this.#abort.abort()
  }
}
