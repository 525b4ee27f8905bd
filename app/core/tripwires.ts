import { formatCount, formatUsd } from '../../shared/format.ts'
import type { ItemPlace } from '../../shared/run.ts'
import type { TripwireName, Tripwires } from '../../shared/tripwires.ts'

/** A tripwire that was touched. */
export interface Trip {
  readonly wire: TripwireName
  /** What happened, what was kept, what to do. */
  readonly message: string
  /** Items that touched it, the latest ones (of `costFactor` the dearest); at most six. */
  readonly items: readonly ItemPlace[]
}

export interface FinishedItem {
  readonly place: ItemPlace
  readonly status: 'succeeded' | 'failed'
  /** Of a failed one (shared/failureCause.ts). */
  readonly cause: string | null
  readonly costMicros: number
}

interface WatchParts {
  readonly wires: Tripwires
  /**
   * What an item is expected to cost, in millionths of a dollar. null: the first twenty that cost something tell, and what
   * costs nothing (answers from memory, mostly) is not counted.
   */
  readonly expectedMicros: number | null
  /** Items that are still to be run: near the end a pause saves nothing. */
  left(): number
}

/** Items and answers that shares are taken of: the latest ones. */
const WINDOW = 100
const LEAST_FOR_SHARE = 30
const LEAST_FOR_COST = 20
/** Fewer items left than this are run to their end. */
const LEAST_LEFT = 50
const MOST_SHOWN = 6

/** Watches what items come to. Trips once at the most; a run that goes on after it is watched by a new one. */
export class TripwireWatch {
  readonly #parts: WatchParts
  readonly #failed = new Latest()
  readonly #invalid = new Latest()
  readonly #costs = new Latest()
  /** The latest of those that failed one behind the other for the same cause. */
  #inARow: { readonly cause: string | null; readonly count: number; readonly places: readonly ItemPlace[] } | null =
    null
  #expectedMicros: number | null
  #hasTripped = false

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#expectedMicros = parts.expectedMicros
  }

  /** In the order in which items come to their end. */
  finished({ place, status, cause, costMicros }: FinishedItem): Trip | null {
    const isFailed = status === 'failed'
    this.#failed.add(place, isFailed ? 1 : 0)
    if (costMicros > 0 || this.#parts.expectedMicros !== null) this.#costs.add(place, costMicros)
    if (this.#costs.size === LEAST_FOR_COST) this.#expectedMicros ??= this.#costs.sum / LEAST_FOR_COST
    if (isFailed) {
      const before = this.#inARow?.cause === cause ? this.#inARow : null
      const places = [...(before?.places ?? []), place].slice(-MOST_SHOWN)
      this.#inARow = { cause, count: (before?.count ?? 0) + 1, places }
    } else {
      this.#inARow = null
    }
    return this.#trip(() => (isFailed ? (this.#sameError() ?? this.#errorShare()) : null) ?? this.#costFactor())
  }

  /** Every answer of a model, repaired ones too. */
  answered({ place, isInvalid }: { readonly place: ItemPlace; readonly isInvalid: boolean }): Trip | null {
    this.#invalid.add(place, isInvalid ? 1 : 0)
    return isInvalid ? this.#trip(() => this.#invalidShare()) : null
  }

  #trip(find: () => Trip | null): Trip | null {
    if (this.#hasTripped || this.#parts.left() < LEAST_LEFT) return null
    const trip = find()
    this.#hasTripped = trip !== null
    return trip
  }

  #sameError(): Trip | null {
    const most = this.#parts.wires.sameError
    if (most == null || this.#inARow === null || this.#inARow.count < most) return null
    const { count, places } = this.#inARow
    return tripped('sameError', `${formatCount(count)} items in a row failed for the same cause.`, places)
  }

  #errorShare(): Trip | null {
    const most = this.#parts.wires.errorShare
    const { size, sum } = this.#failed
    if (most == null || size < LEAST_FOR_SHARE || sum < most * size) return null
    const what = `${sum} of the last ${size} items failed; the run pauses at ${percent(most)}.`
    return tripped('errorShare', what, this.#failed.heaviest(MOST_SHOWN))
  }

  #invalidShare(): Trip | null {
    const most = this.#parts.wires.invalidShare
    const { size, sum } = this.#invalid
    if (most == null || size < LEAST_FOR_SHARE || sum < most * size) return null
    const what = `${sum} of the last ${size} answers did not fit their schema, each to be asked and paid for again; the run pauses at ${percent(most)}.`
    return tripped('invalidShare', what, this.#invalid.heaviest(MOST_SHOWN))
  }

  #costFactor(): Trip | null {
    const most = this.#parts.wires.costFactor
    const expected = this.#expectedMicros
    const { size, sum } = this.#costs
    if (most == null || expected === null || expected <= 0 || size < LEAST_FOR_COST) return null
    const mean = sum / size
    if (mean <= expected * most) return null
    const what = `The last ${size} items cost ${formatUsd(Math.round(mean))} each on the average, ${(mean / expected).toFixed(1)} times the ${formatUsd(Math.round(expected))} ${this.#parts.expectedMicros === null ? 'of the first ones' : 'that were expected'}.`
    return tripped('costFactor', what, this.#costs.heaviest(MOST_SHOWN))
  }
}

function tripped(wire: TripwireName, what: string, items: readonly ItemPlace[]): Trip {
  const message = `${what} All that is finished is kept. Look at these items, change the chain or the items, then go on; or resume as it is.`
  return { wire, message, items }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** The latest of what came, each with a weight. Summed as they come and go: this is done for each item of a run. */
class Latest {
  readonly #places: ItemPlace[] = []
  readonly #weights: number[] = []
  #next = 0
  #sum = 0

  get size(): number {
    return this.#weights.length
  }

  get sum(): number {
    return this.#sum
  }

  add(place: ItemPlace, weight: number): void {
    this.#sum += weight - (this.#weights[this.#next] ?? 0)
    this.#places[this.#next] = place
    this.#weights[this.#next] = weight
    this.#next = (this.#next + 1) % WINDOW
  }

  /** Places of the greatest weights above 0, each once, the latest first among equals; ascending. */
  heaviest(count: number): readonly ItemPlace[] {
    const { length } = this.#weights
    // Oldest last.
    const order = Array.from({ length }, (_, age) => (this.#next - 1 - age + 2 * length) % length)
    const weightOf = (slot: number) => this.#weights[slot] ?? 0
    const found = new Map<string, ItemPlace>()
    for (const slot of order.filter((slot) => weightOf(slot) > 0).sort((a, b) => weightOf(b) - weightOf(a))) {
      const place = this.#places[slot]
      if (place !== undefined && found.size < count) found.set(`${place.lane} ${place.index}`, place)
    }
    return [...found.values()].sort((a, b) => a.lane - b.lane || a.index - b.index)
  }
}
