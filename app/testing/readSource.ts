import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts'
import type { ItemRead, ItemSource } from '../ports/source.ts'

export interface ReadEntry {
  readonly index: number
  readonly key: string
  readonly source: string | null
  readonly read: ItemRead
}

/** A whole pass over a source, each item loaded. */
export async function readAll(source: ItemSource, from = 0): Promise<readonly ReadEntry[]> {
  const all: ReadEntry[] = []
  for await (const entries of source.entries(from, new AbortController().signal))
    for (const entry of entries)
      all.push({ index: entry.index, key: entry.key, source: entry.source, read: await entry.load() })
  return all
}

/** Items, and of those that cannot be read the message. */
export function values(all: readonly ReadEntry[]): readonly Json[] {
  return all.map(({ read }) => (read.ok ? read.value : read.failure.message))
}

/** An item that was read, and is an object. */
export function objectOf(entry: ReadEntry | undefined): JsonObject {
  if (entry?.read.ok !== true)
    throw new Error(`${entry?.key ?? 'nothing'}: ${entry?.read.ok === false ? entry.read.failure.message : ''}`)
  if (!isJsonObject(entry.read.value)) throw new Error(`${entry.key} is no object.`)
  return entry.read.value
}

export function countOf(source: ItemSource): Promise<number | null> {
  return source.count(new AbortController().signal)
}
