import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import type { AttemptRecord, ItemRecord, RunTotals } from '../../ports/runStore.ts'
import { isSaving } from '../lanes/itemRecord.ts'

/** How items of the source can end for good. */
export type Fate = Exclude<ItemRecord['status'], 'gathered'>

export const NO_TOTALS: RunTotals = {
  succeeded: 0,
  failed: 0,
  skipped: 0,
  costMicros: 0,
  savedMicros: 0,
  uncertainMicros: 0,
  unpricedCalls: 0,
  calls: 0,
  reused: 0,
  remembered: 0,
  usage: NO_USAGE,
}

/** Sums over a run, kept while it goes on. What earlier parts of the run came to is its start. */
export class Totals {
  #value: RunTotals

  constructor(start: RunTotals) {
    this.#value = start
  }

  get value(): RunTotals {
    return this.#value
  }

  /** A result is on disk that decides so many items of the source. */
  addItems(status: Fate, count: number): void {
    this.#add({ [status]: this.#value[status] + count })
  }

  addCall(): void {
    this.#add({ calls: this.#value.calls + 1 })
  }

  /** A stage's answer of an earlier part of the run was taken over. */
  addReused(): void {
    this.#add({ reused: this.#value.reused + 1 })
  }

  addRemembered(attempt: AttemptRecord): void {
    this.#add({
      reused: this.#value.reused + 1,
      remembered: this.#value.remembered + 1,
      savedMicros: this.#value.savedMicros + (isSaving(attempt) ? (attempt.costMicros ?? 0) : 0),
    })
  }

  addAnswer({
    usage,
    costMicros,
    reservedMicros,
  }: Pick<AttemptRecord, 'usage' | 'costMicros' | 'reservedMicros'>): void {
    if (reservedMicros !== null) this.#add({ uncertainMicros: this.#value.uncertainMicros + reservedMicros })
    if (usage === null) return
    const isUnpriced = costMicros === null
    this.#add({
      usage: addUsage(this.#value.usage, usage),
      costMicros: this.#value.costMicros + (costMicros ?? 0),
      unpricedCalls: this.#value.unpricedCalls + (isUnpriced ? 1 : 0),
    })
  }

  #add(change: Partial<RunTotals>): void {
    this.#value = { ...this.#value, ...change }
  }
}
