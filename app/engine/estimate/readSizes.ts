import { isJsonObject, type Json } from '../../../shared/json.ts'
import { seedOf } from '../../../shared/judging/seededRandom.ts'
import type { Source } from '../../../shared/source.ts'
import { countTokens, loadTokenizer } from '../../core/tokens.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ItemSource, SourceEntry } from '../../ports/source.ts'
import { nextTurn } from '../run/nextTurn.ts'

/** How large the items of a source are that can be read. */
export interface SourceSizes {
  /** Tokens of each one's own text, in the source's order. */
  readonly tokens: Float64Array
  /** Its index in the source. */
  readonly indexes: Uint32Array
  readonly keys: readonly string[]
  readonly unreadable: number
  /** Every one was counted; else some are told by their bytes. */
  readonly isExact: boolean
}

interface Options {
  readonly clock: Clock
  readonly signal: AbortSignal
  onProgress(done: number, total: number | null): void
}

/** What is not counted by then is told by its bytes. In milliseconds. */
const LONGEST_MS = 30_000
/** Longest stretch of counting between two turns for others. In milliseconds, and in characters of one text. */
const STRETCH_MS = 8
const STRETCH_CHARACTERS = 20_000
const LOADED_AT_ONCE = 8

/** Counts the tokens of every item. Throws `SourceBroken`, and the reason of `signal`. */
async function readSizes(source: ItemSource, { clock, signal, onProgress }: Options): Promise<SourceSizes> {
  source.finish()
  await loadTokenizer()
  const total = await source.count(signal)
  const began = clock.elapsed()
  const counter = new TurnTaker(clock)
  const [tokens, indexes, keys]: [number[], number[], string[]] = [[], [], []]
  const uncounted: { place: number; bytes: number | null }[] = []
  let unreadable = 0
  let [countedBytes, countedTokens] = [0, 0]
  const take = ({ index, key }: SourceEntry, size: number) => {
    tokens.push(size)
    indexes.push(index)
    keys.push(key)
  }
  for await (const entries of source.entries(0, signal)) {
    for (let from = 0; from < entries.length; from += LOADED_AT_ONCE) {
      signal.throwIfAborted()
      const some = entries.slice(from, from + LOADED_AT_ONCE)
      if (clock.elapsed() - began > LONGEST_MS) {
        for (const entry of some) {
          uncounted.push({ place: tokens.length, bytes: await bytesOf(entry) })
          take(entry, 0)
        }
        await counter.turn()
        continue
      }
      const read = await Promise.all(some.map(async (entry) => ({ entry, read: await entry.load(signal) })))
      for (const { entry, read: item } of read) {
        if (!item.ok) {
          unreadable++
          continue
        }
        const size = await counter.count(itemText(item.value))
        take(entry, size)
        countedBytes += (await bytesOf(entry)) ?? 0
        countedTokens += size
      }
      onProgress(tokens.length + unreadable, total)
    }
  }
  signal.throwIfAborted()
  const counted = tokens.length - uncounted.length
  const usual = counted === 0 ? 0 : countedTokens / counted
  const perByte = countedBytes === 0 ? 0 : countedTokens / countedBytes
  for (const { place, bytes } of uncounted) tokens[place] = bytes === null || perByte === 0 ? usual : bytes * perByte
  return {
    tokens: Float64Array.from(tokens),
    indexes: Uint32Array.from(indexes),
    keys,
    unreadable,
    isExact: uncounted.length === 0,
  }
}

async function bytesOf(entry: SourceEntry): Promise<number | null> {
  return entry.bytes ?? (await entry.size?.()) ?? null
}

/** What a prompt most likely has of an item: its text, where it has one. */
function itemText(value: Json): string {
  if (typeof value === 'string') return value
  return isJsonObject(value) && typeof value.text === 'string' ? value.text : JSON.stringify(value)
}

/** Counts long texts in stretches, so that others get their turn. */
class TurnTaker {
  readonly #clock: Clock
  #since: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.elapsed()
  }

  async turn(): Promise<void> {
    if (this.#clock.elapsed() - this.#since < STRETCH_MS) return
    await nextTurn()
    this.#since = this.#clock.elapsed()
  }

  async count(text: string): Promise<number> {
    let sum = 0
    for (let from = 0; from < text.length; ) {
      const to = endOfStretch(text, from)
      sum += countTokens(from === 0 && to === text.length ? text : text.slice(from, to))
      from = to
      await this.turn()
    }
    return sum
  }
}

/** Between two lines, where no token reaches over; else where it comes. */
function endOfStretch(text: string, from: number): number {
  const to = from + STRETCH_CHARACTERS
  if (to >= text.length) return text.length
  const line = text.lastIndexOf('\n', to)
  return line > from ? line + 1 : to
}

/** Sources whose sizes are kept. */
const MOST_SOURCES = 4

/** Counts a source again only where one of its files or rows has changed in size. */
export class SizeCache {
  readonly #clock: Clock
  readonly #known = new Map<string, { readonly signature: string; readonly sizes: SourceSizes }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async read(named: Source, source: ItemSource, how: Omit<Options, 'clock'>): Promise<SourceSizes> {
    source.finish()
    const name = JSON.stringify(named)
    const signature = await signatureOf(source, how.signal)
    const known = this.#known.get(name)
    if (known !== undefined && signature !== null && known.signature === signature) return known.sizes
    const sizes = await readSizes(source, { ...how, clock: this.#clock })
    this.#known.delete(name)
    if (signature !== null) this.#known.set(name, { signature, sizes })
    for (const old of [...this.#known.keys()].slice(0, -MOST_SOURCES)) this.#known.delete(old)
    return sizes
  }
}

/** Of the names and sizes of all items; null: one has no size that could be told without reading it. */
async function signatureOf(source: ItemSource, signal: AbortSignal): Promise<string | null> {
  let [count, hash] = [0, 0]
  for await (const entries of source.entries(0, signal))
    for (const entry of entries) {
      const bytes = await bytesOf(entry)
      if (bytes === null) return null
      count++
      hash = (Math.imul(hash, 31) + (seedOf(`${entry.key} ${bytes}`) | 0)) | 0
    }
  return `${count} ${hash}`
}
