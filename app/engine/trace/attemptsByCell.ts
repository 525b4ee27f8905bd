import { addUsage, NO_USAGE, type Usage } from '../../../shared/usage.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import { isSaving } from '../lanes/itemRecord.ts'

export interface AttemptSums {
  readonly usage: Usage
  /** Spent in this run. */
  readonly costMicros: number
  readonly savedMicros: number
  readonly latencyMs: number
}

const NO_SUMS: AttemptSums = { usage: NO_USAGE, costMicros: 0, savedMicros: 0, latencyMs: 0 }

/** The attempts of one item by the paths of their cells: `draft`, `sections/3/draft`, `draft/part-2`. */
export class AttemptsByCell {
  readonly #own = new Map<string, AttemptRecord[]>()
  readonly #sums = new Map<string, AttemptSums>()
  readonly #below = new Map<string, Set<string>>()

  constructor(attempts: readonly AttemptRecord[]) {
    for (const attempt of attempts) {
      const path = attempt.stage
      const known = this.#own.get(path)
      if (known === undefined) this.#own.set(path, [attempt])
      else known.push(attempt)
      this.#add(path, attempt)
      for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        const above = path.slice(0, slash)
        this.#add(above, attempt)
        this.#name(above, path.slice(slash + 1).split('/')[0] ?? '')
      }
    }
  }

  /** Of this very cell, oldest first. */
  own(path: string): readonly AttemptRecord[] {
    return this.#own.get(path) ?? []
  }

  /** Of the cell and all that runs inside it. */
  sums(path: string): AttemptSums {
    return this.#sums.get(path) ?? NO_SUMS
  }

  /** What comes next in the paths behind this one, in the order of its first attempt: `part-1`, `part-2`, `combine`. */
  below(path: string): readonly string[] {
    return [...(this.#below.get(path) ?? [])]
  }

  #add(path: string, attempt: AttemptRecord): void {
    const sums = this.sums(path)
    const { usage, costMicros, latencyMs, purpose } = attempt
    const isAsked = purpose !== 'remembered'
    this.#sums.set(path, {
      usage: usage === null ? sums.usage : addUsage(sums.usage, usage),
      costMicros: sums.costMicros + (isAsked ? (costMicros ?? 0) : 0),
      savedMicros: sums.savedMicros + (isSaving(attempt) ? (costMicros ?? 0) : 0),
      latencyMs: sums.latencyMs + (latencyMs ?? 0),
    })
  }

  #name(path: string, next: string): void {
    const known = this.#below.get(path)
    if (known === undefined) this.#below.set(path, new Set([next]))
    else known.add(next)
  }
}
