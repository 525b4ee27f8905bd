import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { Sample, SampleItem } from '../../../shared/sample.ts'
import { type Candidate, chooseSample } from '../../core/chooseSample.ts'
import { oddnessOf } from '../../core/oddness.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RunStore } from '../../ports/runStore.ts'
import type { ItemSource, SourceEntry } from '../../ports/source.ts'

interface Parts {
  readonly source: ItemSource
  readonly size: number
  readonly kept: readonly SampleItem[]
  /** Whose last run says what failed; null: never saved. */
  readonly file: string | null
  readonly store: RunStore
  readonly clock: Clock
}

/** Of a longer source the items at even steps are looked at. */
const MOST_CANDIDATES = 20_000
/** Files whose sizes are looked up at once. */
const SIZES_AT_ONCE = 64
/** Items that are read to see which of them are unlike the rest, and for how long at the most, in milliseconds. */
const MOST_READ = 300
const LONGEST_READ_MS = 2000
/** How often others are chosen in the place of what turns out to be unreadable. */
const MOST_ROUNDS = 5

/** Chooses items that stretch a chain, and says why each is in. Makes no call. Throws `SourceBroken`. */
export async function proposeSample(parts: Parts): Promise<{ readonly sample: Sample; readonly total: number | null }> {
  const { source, size, kept } = parts
  source.finish()
  const stop = new AbortController()
  try {
    const total = await source.count(stop.signal)
    const entries = await looked(source, total, stop.signal)
    const sizes = await sizesOf(entries)
    const { oddness, unreadable } = await readSome(entries, parts.clock)
    const failed = failedLast(parts)
    const candidates = entries.map(
      ({ index, key }, at): Candidate => ({
        index,
        key,
        bytes: sizes[at] ?? null,
        hasFailed: failed.has(index),
        oddness: oddness.get(index) ?? null,
      }),
    )
    for (let round = 0; ; round++) {
      // What cannot be read says nothing about a chain.
      const readable = candidates.filter(({ index }) => !unreadable.has(index))
      const sample = chooseSample(readable, { size, kept })
      const found = round < MOST_ROUNDS ? await unreadableOf(sample, { entries, known: oddness }) : []
      if (found.length === 0) return { sample, total }
      for (const index of found) unreadable.add(index)
    }
  } finally {
    stop.abort()
  }
}

async function looked(source: ItemSource, total: number | null, signal: AbortSignal): Promise<readonly SourceEntry[]> {
  const step = Math.max(1, Math.ceil((total ?? 0) / MOST_CANDIDATES))
  const found: SourceEntry[] = []
  for await (const entries of source.entries(0, signal)) {
    found.push(...entries.filter(({ index }) => index % step === 0))
    if (found.length >= MOST_CANDIDATES) break
  }
  return found
}

async function sizesOf(entries: readonly SourceEntry[]): Promise<readonly (number | null)[]> {
  const sizes: (number | null)[] = []
  for (let from = 0; from < entries.length; from += SIZES_AT_ONCE) {
    const some = entries.slice(from, from + SIZES_AT_ONCE)
    sizes.push(...(await Promise.all(some.map(async (entry) => entry.bytes ?? (await entry.size?.()) ?? null))))
  }
  return sizes
}

/** Of those that were chosen and not read before. */
async function unreadableOf(
  { items }: Sample,
  { entries, known }: { readonly entries: readonly SourceEntry[]; readonly known: ReadonlyMap<number, number> },
): Promise<readonly number[]> {
  const chosen = new Set(
    items.filter(({ reason, index }) => reason !== 'chosen' && !known.has(index)).map(({ index }) => index),
  )
  const found: number[] = []
  for (const entry of entries.filter(({ index }) => chosen.has(index)))
    if (!(await entry.load(AbortSignal.timeout(LONGEST_READ_MS))).ok) found.push(entry.index)
  return found
}

async function readSome(
  entries: readonly SourceEntry[],
  clock: Clock,
): Promise<{ readonly oddness: ReadonlyMap<number, number>; readonly unreadable: Set<number> }> {
  const unreadable = new Set<number>()
  const step = Math.max(1, Math.ceil(entries.length / MOST_READ))
  const began = clock.elapsed()
  const [indexes, texts]: [number[], string[]] = [[], []]
  for (const entry of entries.filter((_, at) => at % step === 0)) {
    if (clock.elapsed() - began > LONGEST_READ_MS) break
    const read = await entry.load(AbortSignal.timeout(LONGEST_READ_MS))
    if (!read.ok) {
      unreadable.add(entry.index)
      continue
    }
    indexes.push(entry.index)
    texts.push(textOf(read.value))
  }
  const oddness = oddnessOf(texts)
  return { oddness: new Map(indexes.map((index, at) => [index, oddness[at] ?? 0])), unreadable }
}

function textOf(value: Json): string {
  if (isJsonObject(value) && typeof value.text === 'string') return value.text
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Indexes of what failed in the newest batch of this chain. */
function failedLast({ store, file }: Parts): ReadonlySet<number> {
  if (file === null) return new Set()
  const last = store.runs({ kind: 'batch', limit: 50, before: null }).find(({ chainFile }) => chainFile === file)
  if (last === undefined) return new Set()
  return new Set(
    store.find(last.run, 0, { statuses: ['failed'], search: null, sort: 'index', descending: false }).slice(0, 1000),
  )
}
