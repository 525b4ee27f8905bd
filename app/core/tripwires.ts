import { formatCount, formatUsd } from '../../shared/format.ts'
import type { ItemPlace } from '../../shared/run.ts'
import type { TripwireName, Tripwires } from '../../shared/tripwires.ts'

/** A tripwire that was touched. */
export interface Trip {
  readonly wire: TripwireName
  /** What happened, what was kept, what to do. */
  readonly message: string
  /** Items that touched it, the latest ones; at most six. */
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
  /** What an item is expected to cost, in millionths of a dollar; null: the first items tell. */
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

/** Watches what items come to. Each wire trips once; watching again begins with a new one. */
export class TripwireWatch {
  readonly #parts: WatchParts
  readonly #items = new Window<FinishedItem>()
  readonly #answers = new Window<{ readonly place: ItemPlace; readonly isInvalid: boolean }>()
  #inARow: FinishedItem[] = []
  #expectedMicros: number | null
  #hasTripped = false

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#expectedMicros = parts.expectedMicros
  }

  finished(item: FinishedItem): Trip | null {
    const isSame = item.status === 'failed' && this.#inARow.at(-1)?.cause === item.cause
    this.#inARow = item.status === 'succeeded' ? [] : [...(isSame ? this.#inARow : []), item].slice(-WINDOW)
    this.#items.add(item)
    return this.#trip(() => this.#sameError() ?? this.#errorShare() ?? this.#costFactor())
  }

  answered(answer: { readonly place: ItemPlace; readonly isInvalid: boolean }): Trip | null {
    this.#answers.add(answer)
    return answer.isInvalid ? this.#trip(() => this.#invalidShare()) : null
  }

  #trip(find: () => Trip | null): Trip | null {
    if (this.#hasTripped) return null
    const trip = find()
    if (trip === null || this.#parts.left() < LEAST_LEFT) return null
    this.#hasTripped = true
    return trip
  }

  #sameError(): Trip | null {
    const most = this.#parts.wires.sameError
    if (most == null || this.#inARow.length < most) return null
    return tripped('sameError', `${this.#inARow.length} items in a row failed for the same cause.`, this.#inARow)
  }

  #errorShare(): Trip | null {
    const most = this.#parts.wires.errorShare
    const failed = this.#items.of(({ status }) => status === 'failed')
    if (most == null || !this.#items.isOver(failed.length, LEAST_FOR_SHARE, most)) return null
    const what = `${failed.length} of the last ${this.#items.size} items failed, more than ${percent(most)}.`
    return tripped('errorShare', what, failed)
  }

  #invalidShare(): Trip | null {
    const most = this.#parts.wires.invalidShare
    const invalid = this.#answers.of(({ isInvalid }) => isInvalid)
    if (most == null || !this.#answers.isOver(invalid.length, LEAST_FOR_SHARE, most)) return null
    const what = `${invalid.length} of the last ${this.#answers.size} answers did not fit their schema, more than ${percent(most)}: each is asked for and paid for again.`
    return tripped('invalidShare', what, invalid)
  }

  #costFactor(): Trip | null {
    const most = this.#parts.wires.costFactor
    if (most == null || this.#items.size < LEAST_FOR_COST) return null
    const items = this.#items.of(() => true)
    const mean = items.reduce((sum, { costMicros }) => sum + costMicros, 0) / items.length
    this.#expectedMicros ??= mean
    const expected = this.#expectedMicros
    if (expected === 0 || mean <= expected * most) return null
    const dearest = items.toSorted((a, b) => b.costMicros - a.costMicros).slice(0, MOST_SHOWN)
    const what = `An item costs ${formatUsd(Math.round(mean))} on the average of the last ${formatCount(items.length)}, ${(mean / expected).toFixed(1)} times the ${formatUsd(Math.round(expected))} that were expected.`
    return tripped('costFactor', what, dearest)
  }
}

function tripped(wire: TripwireName, what: string, items: readonly { readonly place: ItemPlace }[]): Trip {
  const places = [...new Map(items.map(({ place }) => [`${place.lane} ${place.index}`, place])).values()]
  const message = `${what} All that is finished is kept. Look at these items, change the chain or the items, then go on; or resume as it is.`
  return { wire, message, items: places.slice(-MOST_SHOWN) }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** The latest of what came. */
class Window<T> {
  #all: T[] = []

  get size(): number {
    return this.#all.length
  }

  add(one: T): void {
    this.#all.push(one)
    if (this.#all.length > WINDOW) this.#all.shift()
  }

  of(isMeant: (one: T) => boolean): readonly T[] {
    return this.#all.filter(isMeant)
  }

  isOver(count: number, least: number, share: number): boolean {
    return this.#all.length >= least && count > share * this.#all.length
  }
}
