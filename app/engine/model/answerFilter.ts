import type { RunStore } from '../../ports/runStore.ts'
import { nextTurn } from '../run/nextTurn.ts'

/** 2 MB: of a million answers four in a thousand new questions are looked up in vain. */
const BITS = 2 ** 24
const PAGE = 10_000

/**
 * Which questions may have been answered, in so little memory that it can hold millions of them: most questions of most
 * runs are new, and to ask the database for each takes as long as all else that the engine does for a call.
 */
export class AnswerFilter {
  readonly #store: Pick<RunStore, 'answeredAsks'>
  #bits: Uint8Array | null = null
  /** Readings that go on; null: nothing was read yet. */
  #reading: number | null = null
  #isClosed = false

  constructor(store: Pick<RunStore, 'answeredAsks'>) {
    this.#store = store
  }

  /** Reads what has been answered, by other programs too. Until that is done every question may have been. */
  async load(): Promise<void> {
    this.#reading = (this.#reading ?? 0) + 1
    // What is answered meanwhile is kept in the same place: two runs may begin at once.
    this.#bits ??= new Uint8Array(BITS / 8)
    const bits = this.#bits
    for (let after = ''; ; ) {
      const asks = this.#store.answeredAsks(after, PAGE)
      for (const ask of asks) setBits(bits, ask)
      const last = asks.at(-1)
      if (last === undefined || asks.length < PAGE) break
      after = last
      await nextTurn()
      if (this.#isClosed) return
    }
    this.#reading--
  }

  /** Nothing is read any more: the store is about to be closed. */
  close(): void {
    this.#isClosed = true
  }

  add(ask: string): void {
    if (this.#bits !== null) setBits(this.#bits, ask)
  }

  mayBeAnswered(ask: string): boolean {
    const bits = this.#bits
    return (
      bits === null ||
      this.#reading !== 0 ||
      placesOf(ask).every((place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0)
    )
  }
}

function setBits(bits: Uint8Array, ask: string): void {
  for (const place of placesOf(ask)) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
}

/** A fingerprint is as good as random: three stretches of it name three places. */
function placesOf(ask: string): readonly number[] {
  return [placeAt(ask, 0), placeAt(ask, 5), placeAt(ask, 10)]
}

function placeAt(ask: string, from: number): number {
  let place = 0
  for (let at = from; at < from + 5; at++) place = (place * 61 + ask.charCodeAt(at)) % BITS
  return place
}
