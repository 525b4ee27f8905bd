import type { DayBudget } from './dayBudget.ts'

/** What a run may still spend, and what of it is set aside for calls in flight. In millionths of a dollar. */
export interface Reservation {
  /** Once, when the call has ended: what it cost, and what it may have cost beside that without our knowing. */
  settle(spentMicros: number): void
}

/** `run`, `day`: the call could overshoot that budget. `stopped`: the run is pausing. */
export type Reserved = Reservation | { readonly refusedBy: 'run' | 'day' | 'stopped' }

/**
 * A run's hard limit of spend, within that of the day. Before a call the most it can cost is set aside; after it the true
 * cost is booked. What is spent and set aside together never exceeds either.
 */
export class Budget {
  readonly #limit: number | null
  readonly #day: DayBudget | null
  #spent: number
  #reserved = 0
  #waiting = 0
  readonly #wakes = new Set<() => void>()

  constructor(limitMicros: number | null, spentMicros: number, day: DayBudget | null = null) {
    this.#limit = limitMicros
    this.#spent = spentMicros
    this.#day = day
  }

  /** Without a limit nothing need be worked out before a call. */
  get isLimited(): boolean {
    return this.#limit !== null || this.#day?.isLimited === true
  }

  /** Set aside for calls in flight. */
  get reservedMicros(): number {
    return this.#reserved
  }

  /** Calls that wait for others to come in cheaper than what is set aside for them. */
  get waiting(): number {
    return this.#waiting
  }

  /**
   * Sets the most a call can cost aside. Where that does not fit now but calls in flight may cost less than what is set
   * aside for them, waits for those.
   */
  async reserve(mostMicros: number, signal: AbortSignal): Promise<Reserved> {
    for (;;) {
      if (signal.aborted) return { refusedBy: 'stopped' }
      const full = this.#fullBy(mostMicros)
      if (full === null) break
      if (full === 'run' ? this.#reserved === 0 : this.#day?.hasReserved !== true) return { refusedBy: full }
      await this.#nextChange(signal)
    }
    this.#reserved += mostMicros
    this.#day?.reserve(mostMicros)
    return {
      settle: (spentMicros) => {
        this.#reserved -= mostMicros
        this.#spent += spentMicros
        this.#day?.settle(mostMicros, spentMicros)
        for (const wake of [...this.#wakes]) wake()
      },
    }
  }

  #fullBy(mostMicros: number): 'run' | 'day' | null {
    if (this.#limit !== null && this.#spent + this.#reserved + mostMicros > this.#limit) return 'run'
    return this.#day?.hasRoomFor(mostMicros) === false ? 'day' : null
  }

  async #nextChange(signal: AbortSignal): Promise<void> {
    this.#waiting++
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.#wakes.delete(wake)
        stopDay?.()
        resolve()
      }
      const stopDay = this.#day?.onChange(wake)
      signal.addEventListener('abort', wake, { once: true })
      this.#wakes.add(wake)
    })
    this.#waiting--
  }
}
