import { isJsonObject, type Json } from '../json.ts'

/** Whether two outputs say the same: the order of keys does not count, nor does white space around a text. */
export function isSameOutput(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** One text for all outputs that are the same. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(sorted(typeof value === 'string' ? value.trim() : value))
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]))
}
