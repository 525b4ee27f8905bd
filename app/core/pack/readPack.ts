import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { parseJson, repairedJson, repairJson, withoutThinking, writtenJson } from '../findJson.ts'

/**
 * The rows of an answer to a pack, in whatever closed list of shapes models give them: `{"results": [row, …]}` as asked
 * for, the bare list, the list under another key, an object with the ids as its keys, one row alone, one row a line; all of
 * them also in fences or prose. From an answer that was cut off (or is broken somewhere) the rows that are whole. null:
 * there are none, so that the call as a whole was in vain.
 */
export function readPack(text: string, ids: readonly string[], isCut: boolean): readonly Json[] | null {
  const answer = withoutThinking(text).trim()
  const sent = new Set(ids)
  if (!isCut) {
    for (const value of writtenJson(answer)) {
      const rows = rowsIn(value, sent)
      if (rows !== null) return rows
    }
  }
  const whole = wholeRows(answer, sent)
  // An answer that does not end was cut off, whatever the provider said: what would be made of its last row is half.
  if (isCut || whole.length > 0 || !/[\]}`]$/.test(answer)) return whole.length > 0 ? whole : null
  for (const value of repairedJson(answer)) {
    const rows = rowsIn(value, sent)
    if (rows !== null) return rows
  }
  return null
}

/** null: this is none of the shapes. */
function rowsIn(value: Json, sent: ReadonlySet<string>): readonly Json[] | null {
  if (Array.isArray(value)) return value.some((row: Json) => isRow(row, sent)) ? (value as readonly Json[]) : null
  if (!isJsonObject(value)) return null
  const values = Object.values(value)
  const inner = value.results ?? (values.length === 1 ? values[0] : undefined)
  if (Array.isArray(inner)) return rowsIn(inner as readonly Json[], sent)
  return keyedRows(value, sent) ?? (isJsonObject(inner) ? keyedRows(inner, sent) : null)
}

/** `{"k3f": …, "m9x": …}`; a value that is a row without its id, or with it, is taken as one. */
function keyedRows(value: JsonObject, sent: ReadonlySet<string>): readonly Json[] | null {
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([key]) => sent.has(key.trim()))) return null
  return entries.map(([id, output]) => {
    const keys = isJsonObject(output) ? Object.keys(output) : []
    const isRowOfItsOwn = keys.length > 0 && keys.every((key) => key === 'id' || key === 'output' || key === 'error')
    return isRowOfItsOwn && isJsonObject(output) ? { ...output, id } : { id, output }
  })
}

function isRow(value: Json, sent: ReadonlySet<string>): value is JsonObject {
  return isJsonObject(value) && typeof value.id === 'string' && sent.has(value.id.trim())
}

/** `{"results": [{` begins a row at depth 2; `{"answer": {"results": [{` at 3. */
const DEEPEST_ROW = 3

/** Rows from their opening bracket to their closing one, wherever in the text; those that stand least deep. */
function wholeRows(text: string, sent: ReadonlySet<string>): readonly Json[] {
  const found: { readonly depth: number; readonly row: Json }[] = []
  const opened: number[] = []
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"' && opened.length > 0) {
      inString = true
    } else if (character === '{' || character === '[') {
      opened.push(index)
    } else if ((character === '}' || character === ']') && opened.length > 0) {
      const start = opened.pop() ?? 0
      if (character === ']' || opened.length > DEEPEST_ROW) continue
      const part = text.slice(start, index + 1)
      const row = parseJson(part) ?? repairJson(part)
      if (row !== undefined && isRow(row, sent)) found.push({ depth: opened.length, row })
    }
  }
  const least = Math.min(...found.map(({ depth }) => depth))
  return found.filter(({ depth }) => depth === least).map(({ row }) => row)
}
