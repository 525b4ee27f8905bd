import { isJsonObject, type Json } from '../../../../shared/json.ts'

/** One `key: value` of a flat map, its value as a person types it. */
export interface ValueRow {
  readonly key: string
  readonly text: string
}

/** A map as rows; null: it holds what rows cannot show without changing it, and is edited as YAML. */
export function rowsOf(value: unknown): readonly ValueRow[] | null {
  if (value === undefined || value === null) return []
  if (!isJsonObject(value)) return null
  const rows = Object.entries(value).map(([key, entry]): ValueRow => ({ key, text: textOf(entry) }))
  const isLossless = rows.every(({ key, text }) => JSON.stringify(valueFrom(text)) === JSON.stringify(value[key]))
  return isLossless ? rows : null
}

/** `5`, `true` and `null` are what they say; everything else is text. */
export function valueFrom(text: string): Json {
  const trimmed = text.trim()
  if (trimmed === 'true') return true
  if (trimmed === 'false') return false
  if (trimmed === 'null') return null
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text
}

function textOf(entry: Json): string {
  return typeof entry === 'string' ? entry : JSON.stringify(entry)
}
