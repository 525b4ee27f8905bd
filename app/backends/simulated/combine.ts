import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { fillString } from './fillString.ts'
import { readDocument } from './reading.ts'
import { optionsOf, text } from './schemaParts.ts'
import { childSlot, type Material, type Slot } from './slot.ts'

/** In words. Longer texts are told again in short; of shorter ones, that of most parts is taken. */
const LONGEST_NAME = 6

/**
 * One answer from the answers to the parts of a long text: lists are joined, of single values that of most parts is
 * taken, long texts are summed up. Every value comes from a part, so it fits the schema where theirs do. undefined: no
 * part has one.
 */
export function combineParts(
  parts: readonly Json[],
  schema: JsonObject,
  { slot, material }: { slot: Slot; material: Material },
): Json | undefined {
  const given = parts.filter((part) => part !== null)
  const [first] = given
  if (first === undefined) return parts[0]
  if (optionsOf(schema) !== null) return mostFrequent(given)
  if (given.every(isJsonObject)) return combineObjects(given, schema, { slot, material })
  if (given.every((part): part is readonly Json[] => Array.isArray(part))) return joinLists(given, schema)
  if (given.every((part) => typeof part === 'string')) return combineTexts(given, schema, { slot, material })
  return mostFrequent(given)
}

function combineObjects(
  parts: readonly JsonObject[],
  schema: JsonObject,
  { slot, material }: { slot: Slot; material: Material },
): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  const names = new Set(parts.flatMap((part) => Object.keys(part)))
  const combined: { [name: string]: Json } = {}
  for (const name of names) {
    const property = properties[name]
    const own = isJsonObject(property) ? property : {}
    const present = parts.map((part) => part[name]).filter((value) => value !== undefined)
    const value = combineParts(present, own, {
      slot: childSlot(slot, name, { description: text(own.description), required: true }),
      material,
    })
    if (value !== undefined) combined[name] = value
  }
  return combined
}

function joinLists(parts: readonly (readonly Json[])[], schema: JsonObject): readonly Json[] {
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY
  const entries = new Map(parts.flat().map((entry) => [JSON.stringify(entry).toLowerCase(), entry]))
  return [...entries.values()].slice(0, most)
}

function combineTexts(
  parts: readonly string[],
  schema: JsonObject,
  { slot, material }: { slot: Slot; material: Material },
): string {
  const isSame = parts.every((part) => part === parts[0])
  if (isSame || parts.every((part) => part.split(/\s+/).length <= LONGEST_NAME)) return mostFrequent(parts)
  const reading = readDocument(parts.join('\n\n'))
  return fillString({ ...slot, name: 'summary' }, schema, { ...material, reading, members: [] }) ?? mostFrequent(parts)
}

/** The first of them where none is given more often. */
function mostFrequent<T extends Json>(values: readonly T[]): T {
  const counts = new Map<string, number>()
  const keyOf = (value: Json) => JSON.stringify(value)
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1)
  return values.reduce((best, next) => ((counts.get(keyOf(next)) ?? 0) > (counts.get(keyOf(best)) ?? 0) ? next : best))
}
