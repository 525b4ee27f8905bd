import { isJsonObject, type Json } from '../../../../shared/json.ts'
import type { ResultRow } from '../../../../shared/trace.ts'

/** A column of the results table that shows a part of the outputs. */
export interface OutputColumn {
  /** null: the whole output, where it is no object. */
  readonly field: string | null
  /** Pixels. */
  readonly width: number
  readonly isNumber: boolean
}

const MOST_FIELDS = 12
const LEAST_WIDTH = 96
const MOST_WIDTH = 320
export const LEAST_KEY_WIDTH = 72
const MOST_KEY_WIDTH = 240
/** Between small letters and capitals. */
const PIXELS_PER_LETTER = 7.6
const PADDING = 24

/** The columns that the outputs of these rows ask for: one a field, in the order in which they appear. */
export function outputColumns(rows: readonly ResultRow[]): readonly OutputColumn[] {
  const outputs = rows.map((row) => row.output).filter((output) => output !== null)
  const fields = new Set<string>()
  for (const output of outputs) if (isJsonObject(output)) for (const field of Object.keys(output)) fields.add(field)
  const columns = [...fields].slice(0, MOST_FIELDS).map((field) => columnOf(field, outputs))
  return outputs.some((output) => !isJsonObject(output)) ? [...columns, columnOf(null, outputs)] : columns
}

/** Row numbers need little room, file names more. Never narrower than it was: see `steadyColumns`. */
export function keyWidth(before: number, rows: readonly ResultRow[]): number {
  const letters = Math.max(0, ...rows.map(({ key }) => key.length))
  return Math.max(before, Math.round(Math.min(MOST_KEY_WIDTH, letters * PIXELS_PER_LETTER + PADDING)))
}

function columnOf(field: string | null, outputs: readonly Json[]): OutputColumn {
  const values = outputs.map((output) => fieldValue(output, field)).filter((value) => value !== null)
  const lengths = values.map((value) => cellText(value).length).sort((a, b) => a - b)
  // Nine of ten values are to be seen whole, where there is room.
  const usual = lengths[Math.floor(lengths.length * 0.9)] ?? 0
  const letters = Math.max(usual, field?.length ?? 0)
  const width = Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, letters * PIXELS_PER_LETTER + PADDING)))
  return { field, width, isNumber: values.length > 0 && values.every((value) => typeof value === 'number') }
}

export function fieldValue(output: Json, field: string | null): Json {
  if (field === null) return isJsonObject(output) ? null : output
  return isJsonObject(output) ? (output[field] ?? null) : null
}

/** A value in one line: text as it is, without its line ends; data as JSON. */
export function cellText(value: Json): string {
  if (value === null) return ''
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ').trim()
}

/** The same columns as before where nothing new has come up, so that a table does not twitch while it fills. */
export function steadyColumns(before: readonly OutputColumn[], now: readonly OutputColumn[]): readonly OutputColumn[] {
  const known = new Map(before.map((column) => [column.field, column]))
  const isSame = now.every(({ field }) => known.has(field))
  if (isSame) return before
  const added = now.filter(({ field }) => !known.has(field))
  return [...before, ...added].slice(0, MOST_FIELDS + 1)
}
