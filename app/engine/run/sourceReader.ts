import type { ItemError } from '../../../shared/run.ts'
import { chooseCanary } from '../../core/canary.ts'
import type { RunStore } from '../../ports/runStore.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../../ports/source.ts'
import type { Ledger } from '../lanes/ledger.ts'
import type { Past } from './history.ts'
import type { RunSwitch } from './runSwitch.ts'

interface ReaderParts {
  readonly run: string
  readonly source: ItemSource
  readonly store: RunStore
  readonly stops: RunSwitch
  /** Where the source's items stand: its `total` is the reader's. */
  readonly ledger: Ledger
  readonly past: Past
  /** Only the first N items. */
  readonly limit: number
  /** Keys of a source that grows which are stored already. */
  readonly keys: number
  /** Items that go first; null: none do. */
  readonly canary: CanaryParts | null
  /** Resolves when an item may start; false: none may any more. */
  mayStart(): boolean | Promise<boolean>
  start(entry: SourceEntry): void
  changed(): void
}

/** A handful that runs before all others. */
export interface CanaryParts {
  /** How many, of so many items. */
  count(items: number): number
  /** `open`: those of them that an earlier part of the run has not finished. */
  begin(items: number, open: readonly number[]): void
  /** Resolves when all of them are done: whether the rest may run. */
  passed(): Promise<boolean>
}

/** Entries that a canary is chosen from: the first of the source. */
const CANARY_POOL = 2000

/** Counts a run's source and reads it as its items are wanted. */
export class SourceReader {
  readonly #parts: ReaderParts
  #hasReadAll = false
  #isOver = false
  #isHeld = false
  #error: ItemError | null = null
  /** Started out of their order. */
  readonly #early = new Set<number>()
  /** To be started next, in this order. */
  #wanted: number[] = []
  #keys: number
  #counted: Promise<void> = Promise.resolve()

  constructor(parts: ReaderParts) {
    this.#parts = parts
    this.#keys = parts.keys
    if (parts.source.grows && parts.keys > 0) parts.ledger.add(Math.min(parts.keys, parts.limit) - 1)
  }

  /** Every item of the source was started, in this part of the run or an earlier one. */
  get hasReadAll(): boolean {
    return this.#hasReadAll
  }

  /** It gives no further item, for whatever reason. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Nothing further starts before those that went first are done. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Why the source cannot be read (any further). */
  get error(): ItemError | null {
    return this.#error
  }

  count(): Promise<void> {
    this.#counted = this.#count()
    return this.#counted
  }

  async #count(): Promise<void> {
    const { source, stops, ledger, limit, changed } = this.#parts
    try {
      // A pause lets it come to its end: every item has a line in the results, waiting ones too.
      const total = await source.count(stops.abort)
      // It may have been cut short, and the pass over the source knows better once it has come to the end.
      if (total === null || stops.abort.aborted || this.#hasReadAll) return
      ledger.total = Math.min(total, limit)
      changed()
    } catch (error) {
      // What keeps it from being counted also keeps it from being read, where it is told.
      if (!(error instanceof SourceBroken) && !stops.abort.aborted) throw error
    }
  }

  async read(): Promise<void> {
    try {
      await this.#read()
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      this.#error = { stage: null, kind: 'source', message: error.message }
    } finally {
      this.#isOver = true
      this.#parts.changed()
    }
  }

  /** These items are started next. */
  first(indexes: readonly number[]): void {
    this.#wanted = [...new Set([...indexes, ...this.#wanted])]
  }

  async #read(): Promise<void> {
    const { source, stops, past, limit, mayStart, start } = this.#parts
    if (!(await this.#readCanary())) return
    let next = past.firstOpen
    for await (const entries of source.entries(next, stops.suspend)) {
      if (source.grows) this.#keep(entries)
      for (const entry of entries) {
        if (entry.index >= limit) return this.#ended(limit)
        next = entry.index + 1
        if (past.isDone(entry.index) || this.#early.has(entry.index)) continue
        const may = mayStart()
        if (may !== true && !(await may)) return
        if (this.#wanted.length > 0) {
          if (!(await this.#startWanted(entry.index))) return
          if (this.#early.has(entry.index)) continue
        }
        start(entry)
      }
    }
    if (!stops.suspend.aborted) this.#ended(next)
  }

  /** false: nothing else may start. */
  async #readCanary(): Promise<boolean> {
    const { canary, source, ledger, limit, stops, past, mayStart } = this.#parts
    if (canary === null || source.grows || canary.count(ledger.total ?? limit) === 0) return true
    const pool: SourceEntry[] = []
    let hasAll = true
    for await (const entries of source.entries(0, stops.suspend)) {
      pool.push(...entries.filter(({ index }) => index < limit))
      hasAll = pool.length < CANARY_POOL && (entries.at(-1)?.index ?? 0) < limit - 1
      if (!hasAll) break
    }
    // Whether so many are worth it may only be known with their number.
    if (!hasAll && canary.count(pool.length) === 0) await this.#counted
    const size = canary.count(hasAll ? pool.length : Math.max(pool.length, ledger.total ?? 0))
    if (size === 0 || pool.length <= size) return true
    const chosen = chooseCanary(await withSizes(pool), size)
    const open = new Set(chosen.filter((index) => !past.isDone(index)))
    canary.begin(chosen.length, [...open])
    for (const entry of pool) {
      if (!open.has(entry.index)) continue
      if (!(await mayStart())) return false
      this.#startEarly(entry)
    }
    this.#hold(true)
    const mayGoOn = await canary.passed()
    this.#hold(false)
    return mayGoOn
  }

  #hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#parts.changed()
  }

  /** Starts what is wanted first, each when it may; `next`: what was going to start. false: nothing may start any more. */
  async #startWanted(next: number): Promise<boolean> {
    const { past, ledger, mayStart } = this.#parts
    for (;;) {
      const index = this.#wanted.shift()
      if (index === undefined) return true
      // What stands before it in the source has begun.
      if (index < next || past.isDone(index) || this.#early.has(index)) continue
      if (ledger.total !== null && index >= ledger.total) continue
      const entry = await this.#entryAt(index)
      if (entry === null) continue
      this.#startEarly(entry)
      if (!(await mayStart())) return false
    }
  }

  async #entryAt(index: number): Promise<SourceEntry | null> {
    const { source, stops, limit } = this.#parts
    if (index >= limit) return null
    for await (const [entry] of source.entries(index, stops.suspend)) return entry?.index === index ? entry : null
    return null
  }

  #startEarly(entry: SourceEntry): void {
    this.#early.add(entry.index)
    this.#parts.start(entry)
  }

  /** Keys are stored before their items run, so that a resumed run sees the same items under the same indexes. */
  #keep(entries: readonly SourceEntry[]): void {
    const { store, run, ledger, limit } = this.#parts
    const added = entries.filter(({ index }) => index >= this.#keys && index < limit)
    if (added.length === 0) return
    store.addKeys(
      run,
      this.#keys,
      added.map(({ key }) => key),
    )
    this.#keys += added.length
    ledger.add(this.#keys - 1)
  }

  /** The pass over the source tells the true number, whatever was counted before. */
  #ended(total: number): void {
    this.#hasReadAll = true
    this.#parts.ledger.total = total
  }
}

/** Files whose sizes are looked up at once. */
const SIZES_AT_ONCE = 64

async function withSizes(
  pool: readonly SourceEntry[],
): Promise<readonly { readonly index: number; readonly bytes: number | null }[]> {
  const sized: { readonly index: number; readonly bytes: number | null }[] = []
  for (let from = 0; from < pool.length; from += SIZES_AT_ONCE) {
    const some = pool.slice(from, from + SIZES_AT_ONCE).map(async ({ index, bytes, ...entry }) => {
      return { index, bytes: bytes ?? (await entry.size?.()) ?? null }
    })
    sized.push(...(await Promise.all(some)))
  }
  return sized
}
