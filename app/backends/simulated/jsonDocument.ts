import { isJsonObject, type Json } from '../../../shared/json.ts'
import { aFact, type Fact } from './reading.ts'

/** Every value that has a name, as something that the text labels itself. */
export function factsIn(value: Json, name: string): Fact[] {
  if (Array.isArray(value)) return value.flatMap((entry: Json) => factsIn(entry, name))
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, entry]) => factsIn(entry, key))
  return name === '' || value === null || String(value).trim() === '' ? [] : [aFact(name, String(value))]
}

/** The values as a text; short ones with their names. */
export function documentIn(value: Json): string {
  if (Array.isArray(value))
    return value
      .map(documentIn)
      .filter((part) => part !== '')
      .join('\n')
  if (!isJsonObject(value)) return value === null ? '' : String(value)
  const parts = Object.entries(value).map(([key, entry]) => {
    const text = isValues(entry) ? entry.join(', ') : documentIn(entry)
    return text === '' || isProse(text) ? text : `${key}: ${text}`
  })
  return parts.filter((part) => part !== '').join('\n')
}

/** A list of words or numbers. */
function isValues(entry: Json): entry is readonly (string | number)[] {
  return (
    Array.isArray(entry) &&
    entry.every((value: Json) => typeof value === 'number' || (typeof value === 'string' && !isProse(value)))
  )
}

/** Tells something by itself; shorter values need their key to be understood. */
function isProse(text: string): boolean {
  return text.includes('\n') || text.split(/\s+/).length > 3
}
