import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { ExpressionFault } from './expressionFault.ts'
import type { FunctionArgument, FunctionImplementation } from './functionImplementation.ts'

type List = readonly Json[] | undefined
/** A field's name, or a function that gives an entry's key. */
type Key = string | FunctionArgument | undefined

export const LIST_FUNCTIONS: readonly FunctionImplementation[] = [
  { name: 'take', types: '<an:a>', run: take },
  { name: 'slices', types: '<an:a<a>>', run: slices },
  { name: 'flatten', types: '<an?:a>', run: flatten },
  { name: 'groupBy', types: '<a(sf):a<o>>', run: groupBy },
  { name: 'countBy', types: '<a(sf)?:o>', run: countBy },
  { name: 'mostCommon', types: '<a:x>', run: mostCommon },
  { name: 'pick', types: '<o-a<s>:o>', run: pick },
  { name: 'omit', types: '<o-a<s>:o>', run: omit },
]

/** The first entries; the last ones for a negative number. */
function take(list: List, count: number): List {
  return count < 0 ? list?.slice(Math.trunc(count)) : list?.slice(0, Math.trunc(count))
}

function slices(list: List, size: number): readonly (readonly Json[])[] | undefined {
  if (!Number.isInteger(size) || size < 1)
    throw new ExpressionFault(`The size must be a whole number from 1 on, not ${size}.`)
  if (list === undefined) return undefined
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}

function flatten(list: List, depth = 100): List {
  const all: Json[] = []
  const add = (entries: readonly Json[], left: number) => {
    for (const entry of entries)
      if (Array.isArray(entry) && left > 0) add(entry as readonly Json[], left - 1)
      else all.push(entry)
  }
  if (list === undefined) return undefined
  add(list, depth)
  return all
}

async function groupBy(list: List, key: Key): Promise<readonly JsonObject[] | undefined> {
  if (list === undefined) return undefined
  const groups = new Map<string, { key: Json; items: Json[] }>()
  for (const [entry, found] of await withKeys(list, key)) {
    const text = JSON.stringify(found)
    const group = groups.get(text)
    if (group === undefined) groups.set(text, { key: found, items: [entry] })
    else group.items.push(entry)
  }
  return [...groups.values()]
}

async function countBy(list: List, key: Key): Promise<JsonObject | undefined> {
  if (list === undefined) return undefined
  const counts = new Map<string, number>()
  for (const [, found] of await withKeys(list, key)) {
    const name = typeof found === 'string' ? found : JSON.stringify(found)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

/** One after the other: a function may count on being called in order. An entry without a key has null. */
async function withKeys(list: readonly Json[], key: Key): Promise<readonly (readonly [entry: Json, key: Json])[]> {
  const pairs: [Json, Json][] = []
  for (const entry of list) pairs.push([entry, await keyOf(entry, key)])
  return pairs
}

async function keyOf(entry: Json, key: Key): Promise<Json> {
  if (key === undefined) return entry
  if (typeof key === 'function') return (await key(entry)) ?? null
  return isJsonObject(entry) && Object.hasOwn(entry, key) ? (entry[key] ?? null) : null
}

/** Of values that are equally common, the one that comes first. */
function mostCommon(list: List): Json | undefined {
  const counts = new Map<string, number>()
  let best: { value: Json; text: string } | null = null
  for (const value of list ?? []) {
    const text = JSON.stringify(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  for (const value of list ?? []) {
    const text = JSON.stringify(value)
    if (best === null || (counts.get(text) ?? 0) > (counts.get(best.text) ?? 0)) best = { value, text }
  }
  return best?.value
}

function pick(object: JsonObject | undefined, names: readonly string[] | undefined): JsonObject | undefined {
  if (object === undefined) return undefined
  const kept = (names ?? []).filter((name) => Object.hasOwn(object, name))
  return Object.fromEntries(kept.map((name) => [name, object[name] ?? null]))
}

function omit(object: JsonObject | undefined, names: readonly string[] | undefined): JsonObject | undefined {
  if (object === undefined) return undefined
  return Object.fromEntries(Object.entries(object).filter(([name]) => names?.includes(name) !== true))
}
