import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import type { Member } from '../../core/gatherer.ts'
import type { ItemRecord } from '../../ports/runStore.ts'
import { readStored } from '../results/storedJson.ts'

/** What an item brings to the gather that ends its lane. */
export interface Gathered {
  readonly key: Json
  readonly value: Json
  /** Of a `correlate`. */
  readonly part: Member['part']
}

/** As it is stored with the item. */
export function gatheredJson({ key, value, part }: Gathered): string {
  return JSON.stringify({ key, value, ...part })
}

export function readGathered(record: ItemRecord): Gathered {
  const stored = readStored(record.outputJson)
  const { key = null, value = null, source, by = null }: JsonObject = isJsonObject(stored) ? stored : {}
  const part = source === undefined ? null : { source: typeof source === 'string' ? source : null, by }
  return { key, value, part }
}
