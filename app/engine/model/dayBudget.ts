import type { Clock } from '../../ports/clock.ts'
import type { RunStore } from '../../ports/runStore.ts'

/**
 * The limit of spend of one day, over all runs of a workspace. It counts what other programs have spent when a run
 * begins here; what they spend from then on is seen with the next run. In millionths of a dollar.
 */
export class DayBudget {
  readonly #clock: Clock
  readonly #store: Pick<RunStore, 'spentSince'>
  readonly #limit: () => number | null
  /** Its midnight; null: nothing has been counted yet. */
  #day: number | null = null
  #spent = 0
  #reserved = 0
  readonly #waiting = new Set<() => void>()

  constructor(parts: { clock: Clock; store: Pick<RunStore, 'spentSince'>; limitMicros: () => number | null }) {
    this.#clock = parts.clock
    this.#store = parts.store
    this.#limit = parts.limitMicros
  }

  get isLimited(): boolean {
    return this.#limit() !== null
  }

  /** Counts anew from what is on disk. Called when a run begins, with nothing in flight that is not counted. */
  refresh(): void {
    if (this.#reserved > 0) return
    const day = startOfDay(this.#clock.now())
    const stored = this.#store.spentSince(day)
    // What calls that have just ended cost may not be on disk yet.
    this.#spent = day === this.#day ? Math.max(this.#spent, stored) : stored
    this.#day = day
  }

  spentMicros(): number {
    this.#turnDay()
    return this.#spent
  }

  hasRoomFor(mostMicros: number): boolean {
    const limit = this.#limit()
    if (limit === null) return true
    this.#turnDay()
    return this.#spent + this.#reserved + mostMicros <= limit
  }

  /** Calls in flight may cost less than is set aside for them: waiting makes sense. */
  get hasReserved(): boolean {
    return this.#reserved > 0
  }

  reserve(mostMicros: number): void {
    this.#reserved += mostMicros
  }

  settle(mostMicros: number, spentMicros: number): void {
    this.#reserved -= mostMicros
    this.#spent += spentMicros
    for (const wake of [...this.#waiting]) wake()
  }

  /** Called with each call that is settled. Gives what ends that. */
  onChange(wake: () => void): () => void {
    this.#waiting.add(wake)
    return () => this.#waiting.delete(wake)
  }

  #turnDay(): void {
    const today = startOfDay(this.#clock.now())
    if (this.#day === today) return
    this.#day = today
    this.#spent = this.#store.spentSince(today)
  }
}

/** Midnight where this machine is, in Unix milliseconds. */
function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
