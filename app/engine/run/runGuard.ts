import { formatCount } from '../../../shared/format.ts'
import type { CanaryState, ItemPlace, PauseReason } from '../../../shared/run.ts'
import type { Tripwires } from '../../../shared/tripwires.ts'
import { type Trip, TripwireWatch } from '../../core/tripwires.ts'
import type { ItemRecord } from '../../ports/runStore.ts'

interface Parts {
  readonly tripwires: Tripwires
  /** What an item is expected to cost; null: not known. */
  readonly expectedMicros: number | null
  /** Of an earlier part of the run. */
  readonly canary: CanaryState | null
  /** Items that are still to be run. */
  left(): number
  pause(reason: PauseReason): void
  changed(): void
}

/** Keeps a run from going on for long with what does not work: the canary first, the tripwires all the time. */
export class RunGuard {
  readonly #parts: Parts
  readonly #watch: TripwireWatch
  #canary: CanaryState | null
  /** Items of the canary that are not done. */
  #open = new Set<number>()
  #failed: ItemPlace[] = []
  #isOver: (passed: boolean) => void = () => undefined
  #verdict: Promise<boolean> = Promise.resolve(true)

  constructor(parts: Parts) {
    this.#parts = parts
    this.#watch = new TripwireWatch({
      wires: parts.tripwires,
      expectedMicros: parts.expectedMicros,
      left: () => parts.left(),
    })
    this.#canary = parts.canary
  }

  get canary(): CanaryState | null {
    return this.#canary
  }

  get isCanaryRunning(): boolean {
    return this.#canary?.status === 'running'
  }

  beginCanary(indexes: readonly number[]): void {
    this.#open = new Set(indexes)
    this.#canary = { items: indexes.length, done: 0, status: 'running' }
    this.#verdict = new Promise((resolve) => (this.#isOver = resolve))
    this.#parts.changed()
  }

  /** Resolves when all of it is done, or the run is stopped: whether the rest may run. */
  async canaryPassed(stopped: AbortSignal): Promise<boolean> {
    const stop = () => this.#isOver(false)
    stopped.addEventListener('abort', stop, { once: true })
    if (stopped.aborted) stop()
    const passed = await this.#verdict
    stopped.removeEventListener('abort', stop)
    return passed
  }

  /** An item is finished and on disk. */
  finished({ lane, index, status, cause, costMicros }: ItemRecord): void {
    const place = { lane, index }
    if (lane === 0 && this.#open.delete(index)) this.#countCanary(place, status === 'failed')
    if (status === 'skipped' || status === 'gathered') return
    const isFailed = status === 'failed'
    this.#act(this.#watch.finished({ place, status: isFailed ? 'failed' : 'succeeded', cause, costMicros }))
  }

  /** A model has answered a cell. */
  answered(place: ItemPlace, isInvalid: boolean): void {
    this.#act(this.#watch.answered({ place, isInvalid }))
  }

  #countCanary(place: ItemPlace, isFailed: boolean): void {
    if (this.#canary === null) return
    if (isFailed) this.#failed.push(place)
    const { items } = this.#canary
    const done = this.#canary.done + 1
    this.#canary = { ...this.#canary, done }
    if (this.#open.size > 0) return
    // Half of them: some hard items are no reason to stop, a prompt that does not work is.
    const isBad = this.#failed.length * 2 >= items && this.#parts.tripwires.errorShare !== undefined
    this.#canary = { items, done, status: isBad ? 'stopped' : 'passed' }
    if (isBad) {
      const message = `${formatCount(this.#failed.length)} of the ${formatCount(items)} items of the canary failed, so the rest has not begun. Look at the failures, change the chain or the items, then go on; or resume as it is.`
      this.#parts.pause({ kind: 'tripwire', message, tripped: { wire: 'errorShare', items: this.#failed.slice(0, 6) } })
    }
    this.#isOver(!isBad)
    this.#parts.changed()
  }

  #act(trip: Trip | null): void {
    if (trip === null) return
    const { wire, message, items } = trip
    this.#parts.pause({ kind: 'tripwire', message, tripped: { wire, items } })
  }
}
