import { isJsonObject, type Json } from '../json.ts'

/** Whether two outputs say the same: the order of keys does not count, nor does white space around a text. */
export function isSameOutput(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** Outputs are compared again and again while a comparison goes on, and are never changed in place. */
const known = new WeakMap<object, string>()

/** One text for all outputs that are the same. */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(typeof value === 'string' ? value.trim() : value)
  const text = known.get(value) ?? JSON.stringify(sorted(value))
  known.set(value, text)
  return text
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]))
}
