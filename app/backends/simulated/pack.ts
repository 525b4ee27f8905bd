import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { packPrompt } from '../../core/pack/packPrompt.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import type { Dice } from './dice.ts'

/** A call that asks for many items at once (app/core/pack): each has an id and gets its own answer. */
export interface Pack {
  readonly entries: readonly PackEntry[]
  /** Whether an entry may be answered with `error` instead. */
  readonly takesErrors: boolean
}

export interface PackEntry {
  readonly id: string
  /** The call as it would be for this item alone, so that the answer is the same. */
  readonly single: CompletionRequest
}

/** One answer of a pack. */
export type PackRow = { readonly id: string; readonly output: Json } | { readonly id: string; readonly error: string }

/** null: it is an ordinary call. */
export function readPack(request: CompletionRequest): Pack | null {
  const row = child(child(child(request.schema, 'properties'), 'results'), 'items')
  const properties = child(row, 'properties')
  const ids = child(properties, 'id')?.enum
  const output = child(properties, 'output')
  if (!Array.isArray(ids) || output === null) return null
  const inputs = readInputs(request.messages.find(({ role }) => role === 'user')?.text ?? '')
  const shared = { ...request, ...ownInstructions(request.instructions ?? '', output) }
  const entries = ids.flatMap((id: Json): PackEntry[] => {
    const input = inputs.get(String(id))
    return input === undefined ? [] : [{ id: String(id), single: singleRequest(shared, input) }]
  })
  return { entries, takesErrors: child(properties, 'error') !== null }
}

/** What a call for one item is told and asked: without the rules for many, and its schema standing by itself. */
function ownInstructions(instructions: string, output: JsonObject): Pick<CompletionRequest, 'instructions' | 'schema'> {
  const schema = standingAlone(output)
  for (const asked of [null, schema]) {
    const { rules } = packPrompt([], asked)
    if (!instructions.endsWith(rules)) continue
    const own = instructions.slice(0, -rules.length).trimEnd()
    return { instructions: own === '' ? null : own, schema: asked }
  }
  return { instructions, schema: output.type === 'string' && Object.keys(output).length === 1 ? null : schema }
}

const PLACE = '"#/properties/results/items/properties/output'

function standingAlone(output: JsonObject): JsonObject {
  const text = JSON.stringify(output)
  return text.includes(PLACE) ? JSON.parse(text.replaceAll(PLACE, '"#')) : output
}

function child(schema: JsonObject | null, key: string): JsonObject | null {
  const value = schema?.[key]
  return isJsonObject(value) ? value : null
}

/** One line of JSON for each item: `{"id":"k3f","input":…}`. */
function readInputs(prompt: string): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>()
  for (const line of prompt.split('\n')) {
    if (!line.startsWith('{"id":')) continue
    try {
      const entry: Json = JSON.parse(line)
      if (isJsonObject(entry) && typeof entry.id === 'string' && entry.input !== undefined)
        found.set(entry.id, entry.input)
    } catch {
      // A line of an item's own text that only looks like one.
    }
  }
  return found
}

function singleRequest(shared: CompletionRequest, input: Json): CompletionRequest {
  const text = typeof input === 'string' ? input : JSON.stringify(input, null, 2)
  return { ...shared, messages: [{ role: 'user', text }] }
}

/** Now and then a row is forgotten or given twice, as models do it when there are many. */
export function miscount(rows: readonly PackRow[], share: number, dice: Dice): readonly PackRow[] {
  const which = Math.floor(dice('miscounted which') * rows.length)
  const row = rows[which]
  if (rows.length < 2 || row === undefined || dice('miscounted') >= share) return rows
  return dice('miscounted how') < 0.6 ? rows.toSpliced(which, 1) : rows.toSpliced(which, 0, row)
}
