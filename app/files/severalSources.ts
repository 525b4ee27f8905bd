import type { ItemSource, SourceEntry } from '../ports/source.ts'
import { itemFailure } from './itemFailure.ts'

const GROUP = 256

/** One of several sources, opened. */
export interface NamedSource {
  readonly name: string
  readonly source: ItemSource
}

/**
 * Several named sources as one: an entry of each in turn, until all are at their end; as they arrive, where one of them
 * grows. Keys are `NAME/KEY`. `keys`: those of the earlier part of the run, whose order is kept.
 */
export function severalSources(parts: readonly NamedSource[], keys: readonly string[] | null): ItemSource {
  const grows = parts.some(({ source }) => source.grows)
  /** Keys in the order in which the items came. What came once comes in that order again. */
  const order: string[] = [...(keys ?? [])]
  return {
    label: parts.map(({ name, source }) => `${name}: ${source.label}`).join(', '),
    grows,
    count: async (signal) => {
      const counts = await Promise.all(parts.map(({ source }) => source.count(signal)))
      return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)
    },
    keys: () => (grows || keys !== null ? Promise.resolve([...order]) : interleavedKeys(parts)),
    async *entries(from, signal) {
      const start = Math.min(from, order.length)
      const cursors = new Map(
        parts.map(({ name, source }) => {
          const before = order.slice(0, start).filter((key) => nameOf(key) === name).length
          return [name, new Cursor(name, source, source.entries(before, signal))] as const
        }),
      )
      let index = start
      let group: SourceEntry[] = []
      try {
        for await (const entry of inOrder([...cursors.values()], order.slice(start))) {
          if (signal.aborted) return
          if (entry !== null) {
            if (grows && index === order.length) order.push(entry.key)
            if (index >= from) group.push({ ...entry, index })
            index++
          }
          const isFull = group.length >= GROUP || (entry === null && group.length > 0)
          if (!isFull) continue
          yield group
          group = []
        }
        if (group.length > 0) yield group
      } finally {
        for (const cursor of cursors.values()) cursor.close()
      }
    },
    finish: () => {
      for (const { source } of parts) source.finish()
    },
    close: async () => {
      for (const { source } of parts) await source.close()
    },
  }
}

/** The keys of one source among those of a run; null: none were stored. */
export function keysOfPart(keys: readonly string[] | null, name: string): readonly string[] | null {
  return keys?.filter((key) => nameOf(key) === name).map((key) => key.slice(name.length + 1)) ?? null
}

/** Names hold no `/`. */
function nameOf(key: string): string {
  return key.slice(0, key.indexOf('/'))
}

/** Entries with their new keys; null: nothing is there at the moment, the next one may take long. */
async function* inOrder(cursors: readonly Cursor[], order: readonly string[]): AsyncGenerator<SourceEntry | null> {
  for (const key of order) {
    const entry = await cursors.find(({ name }) => name === nameOf(key))?.next()
    yield entry ?? goneEntry(key)
  }
  let open = [...cursors]
  while (open.length > 0) {
    let hasGiven = false
    for (const cursor of open) {
      // One that grows is not waited for while others have something.
      if (cursor.grows && !cursor.isReady()) continue
      const entry = await cursor.next()
      hasGiven = true
      if (entry !== null) yield entry
    }
    open = open.filter((cursor) => !cursor.isAtEnd)
    if (hasGiven) continue
    yield null
    await Promise.race(open.map((cursor) => cursor.whenReady()))
  }
}

function goneEntry(key: string): SourceEntry {
  const load = () => itemFailure('It is no longer in its source.')
  return { index: 0, key, source: nameOf(key), bytes: null, load }
}

/** A pass over one source, an entry at a time. */
class Cursor {
  readonly name: string
  readonly grows: boolean
  readonly #entries: AsyncGenerator<SourceEntry>
  #next: { readonly result: Promise<IteratorResult<SourceEntry>>; isReady: boolean } | null = null
  #isAtEnd = false

  constructor(name: string, source: ItemSource, groups: AsyncIterable<readonly SourceEntry[]>) {
    this.name = name
    this.grows = source.grows
    this.#entries = oneByOne(groups)
  }

  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  /** null: it is at its end. */
  async next(): Promise<SourceEntry | null> {
    const { value, done } = await this.#ask().result
    this.#next = null
    this.#isAtEnd = done === true
    return done === true ? null : { ...value, key: `${this.name}/${value.key}`, source: this.name }
  }

  /** Whether `next` will not have to wait. */
  isReady(): boolean {
    return this.#ask().isReady
  }

  async whenReady(): Promise<void> {
    await this.#ask().result
  }

  /** What is being waited for ends with its source; what then goes wrong is nobody's any more. */
  close(): void {
    this.#entries.return(undefined).catch(() => undefined)
  }

  #ask() {
    if (this.#next !== null) return this.#next
    const asked = { result: this.#entries.next(), isReady: false }
    const ready = () => {
      asked.isReady = true
    }
    asked.result.then(ready, ready)
    this.#next = asked
    return asked
  }
}

async function* oneByOne(groups: AsyncIterable<readonly SourceEntry[]>): AsyncGenerator<SourceEntry> {
  for await (const group of groups) yield* group
}

async function interleavedKeys(parts: readonly NamedSource[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    parts.map(async ({ name, source }) => {
      const keys = await source.keys()
      const count = keys?.length ?? (await source.count(new AbortController().signal)) ?? 0
      return { count, key: (at: number) => `${name}/${keys?.[at] ?? at + 1}` }
    }),
  )
  const all: string[] = []
  const rounds = Math.max(0, ...lists.map(({ count }) => count))
  for (let round = 0; round < rounds; round++)
    for (const { count, key } of lists) if (round < count) all.push(key(round))
  return all
}
