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
  /** Items that have failed in an earlier part of the run. */
  readonly failedBefore: number
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

  /** `open`: those of them that are not done yet. */
  beginCanary(items: number, open: readonly number[]): void {
    this.#open = new Set(open)
    this.#canary = { items, done: items - open.length, status: 'running' }
    this.#verdict = new Promise((resolve) => (this.#isOver = resolve))
    if (open.length === 0) this.#endCanary(items)
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

  /** An item is finished. */
  finished({ lane, index, status, cause, costMicros, savedMicros }: ItemRecord): void {
    const place = { lane, index }
    if (lane === 0 && this.#open.delete(index)) this.#countCanary(place, status === 'failed')
    if (status === 'skipped' || status === 'gathered') return
    // Where the first items tell what one costs, what memory has of them must not make the others dear.
    const micros = this.#parts.expectedMicros === null ? costMicros + savedMicros : costMicros
    const outcome = status === 'failed' ? status : 'succeeded'
    this.#act(this.#watch.finished({ place, status: outcome, cause, costMicros: micros }))
  }

  /** A model has answered a cell. */
  answered(place: ItemPlace, isInvalid: boolean): void {
    this.#act(this.#watch.answered({ place, isInvalid }))
  }

  #countCanary(place: ItemPlace, isFailed: boolean): void {
    if (this.#canary === null) return
    if (isFailed) this.#failed.push(place)
    const { items } = this.#canary
    this.#canary = { ...this.#canary, done: this.#canary.done + 1 }
    if (this.#open.size > 0) return
    this.#endCanary(items)
    this.#parts.changed()
  }

  #endCanary(items: number): void {
    const { failedBefore, tripwires, pause } = this.#parts
    const failed = this.#failed.length + failedBefore
    // Half of them: some hard items are no reason to stop, a prompt that does not work is.
    const isBad = failed * 2 >= items && tripwires.errorShare !== undefined
    this.#canary = { items, done: items, status: isBad ? 'stopped' : 'passed' }
    if (isBad) {
      const message = `${formatCount(failed)} of the ${formatCount(items)} items of the canary failed, so the rest has not begun. Look at the failures, change the chain or the items, then go on; or resume as it is.`
      pause({ kind: 'tripwire', message, tripped: { wire: 'errorShare', items: this.#failed.slice(0, 6) } })
    }
    this.#isOver(!isBad)
  }

  #act(trip: Trip | null): void {
    if (trip === null) return
    const { wire, message, items } = trip
    this.#parts.pause({ kind: 'tripwire', message, tripped: { wire, items } })
  }
}
