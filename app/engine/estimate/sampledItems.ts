import { parseChain } from '../../../shared/chainDocument.ts'
import type { EstimateRequest } from '../../../shared/estimate.ts'
import type { Json } from '../../../shared/json.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import type { Sample, SampleItem } from '../../../shared/sample.ts'
import { type Variant, variantOptions } from '../../../shared/variant.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Models } from '../../ports/models.ts'
import type { RunStore } from '../../ports/runStore.ts'
import type { ItemSource } from '../../ports/source.ts'
import type { RunManager } from '../run/runManager.ts'
import { proposeSample } from '../sample/proposeSample.ts'
import type { SourceSizes } from './readSizes.ts'

export interface ChosenItem {
  readonly index: number
  readonly key: string
  readonly value: Json
}

interface Choosing {
  readonly source: ItemSource
  readonly sizes: SourceSizes
  readonly kept: Sample | null
  readonly size: number
  readonly file: string | null
  readonly store: RunStore
  readonly clock: Clock
}

/** Of the kept sample as many as are wanted, else all of it and others; only items that can be read. Throws `SourceBroken`. */
export async function chooseItems(choosing: Choosing): Promise<readonly ChosenItem[]> {
  const { source, sizes, size, file, store, clock } = choosing
  const keys = new Map([...sizes.indexes].map((index, place) => [index, sizes.keys[place]]))
  const isThere = ({ index, key }: SampleItem) => keys.get(index) === key
  const kept = evenly((choosing.kept?.items ?? []).filter(isThere), size)
  // Some more, for those that cannot be read.
  const spare = sizes.unreadable === 0 ? 0 : size
  const { sample } = await proposeSample({ source, size: size + spare, kept, file, store, clock })
  const wanted = evenly(sample.items.filter(isThere), size)
  return loaded(source, [...new Map([...kept, ...wanted].map((item) => [item.index, item])).values()].slice(0, size))
}

function evenly<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items
  const step = count === 1 ? 0 : (items.length - 1) / (count - 1)
  return Array.from({ length: count }, (_, at) => items[Math.round(at * step)]).filter((item) => item !== undefined)
}

async function loaded(source: ItemSource, items: readonly SampleItem[]): Promise<readonly ChosenItem[]> {
  const values = new Map<number, Json>()
  const wanted = new Set(items.map(({ index }) => index))
  const last = Math.max(-1, ...wanted)
  const stop = new AbortController()
  try {
    for await (const entries of source.entries(0, stop.signal)) {
      for (const entry of entries.filter(({ index }) => wanted.has(index))) {
        const read = await entry.load()
        if (read.ok) values.set(entry.index, read.value)
      }
      if ((entries.at(-1)?.index ?? 0) >= last) break
    }
  } finally {
    stop.abort()
  }
  return items.flatMap(({ index, key }) => {
    const value = values.get(index)
    return value === undefined ? [] : [{ index, key, value }]
  })
}

interface Previewing {
  readonly runs: RunManager
  readonly request: EstimateRequest
  readonly variant: Variant
  readonly items: readonly ChosenItem[]
  readonly models: Models
}

/** A call takes so long where nobody knows; so many go on at once. */
const CALL_MS = 2000
const AT_ONCE = 8

/** What each of the items would ask for, and all of them together. Without any call. */
export async function previewItems({ runs, request, variant, items }: Previewing): Promise<{
  readonly items: readonly Pick<RunPreview, 'calls'>[]
  readonly offer: { readonly costMicros: number | null; readonly durationMs: number }
}> {
  const { chain } = parseChain(request.text)
  const options = chain === null ? {} : { ...request.options, ...variantOptions(variant, chain) }
  const found: RunPreview[] = []
  for (const { key, value } of items) {
    const preview = await runs.preview({ kind: 'test', text: request.text, key, item: value, options })
    if (preview.ok) found.push(preview.value)
  }
  // What cannot be worked out is taken to ask for something.
  const isWhole = found.length === items.length
  const costs = found.map(({ costMicros }) => costMicros)
  const calls = found.reduce((sum, preview) => sum + preview.calls, 0)
  return {
    items: isWhole ? found : items.map(() => ({ calls: 1 })),
    offer: {
      costMicros: costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
      durationMs: Math.max(1, calls / AT_ONCE) * CALL_MS,
    },
  }
}
