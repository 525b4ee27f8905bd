import type { Json } from '../json.ts'

/** A value as JSON, cut after `most` characters. Of a large one no more is read than is shown. */
export function briefly(value: Json, most: number): string {
  const text = written(value, most)
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

function written(value: Json, most: number): string {
  if (typeof value === 'string') return JSON.stringify(value.length > most ? value.slice(0, most) : value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = Array.isArray(value) ? '[' : '{'
  // A list's keys are counted off one by one, not made into a list of their own.
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    if (text.length > 1) text += ', '
    const entry = (value as { readonly [key: string | number]: Json })[key] ?? null
    text += `${typeof key === 'string' ? `${JSON.stringify(key)}: ` : ''}${written(entry, most)}`
    if (text.length > most) return text
  }
  return text + (Array.isArray(value) ? ']' : '}')
}
