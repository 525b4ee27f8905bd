import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import type { CheckOutput } from '../outputSchema.ts'

/** What the answer to a pack says of one item. */
export type Row =
  | { readonly kind: 'ok'; readonly output: Json; readonly row: Json }
  | { readonly kind: 'missing' }
  /** Two rows with different answers: neither can be believed. */
  | { readonly kind: 'duplicate'; readonly rows: readonly Json[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[]; readonly row: Json }
  /** The model says why it has no answer: that is its answer. */
  | { readonly kind: 'item_error'; readonly message: string; readonly row: Json }

export interface Reconciled {
  /** One for each id that was sent, in the order of sending. */
  readonly items: ReadonlyMap<string, Row>
  /** Ids in the answer that were not sent. */
  readonly unknown: readonly string[]
  /** Rows without an id. */
  readonly malformed: number
}

/**
 * Tells the rows of an answer apart by id, never by position or count. Of an id nothing but surrounding space is forgiven.
 * `check`: of one item's answer; null: a text is wanted.
 */
export function reconcile(sent: readonly string[], rows: Json, check: CheckOutput | null): Reconciled {
  const byId = new Map<string, Json[]>(sent.map((id) => [id, []]))
  const unknown: string[] = []
  let malformed = 0
  for (const row of Array.isArray(rows) ? (rows as readonly Json[]) : []) {
    const id = isJsonObject(row) && typeof row.id === 'string' ? row.id.trim() : null
    if (id === null) malformed++
    else if (byId.has(id)) byId.get(id)?.push(row)
    else unknown.push(id)
  }
  const items = new Map([...byId].map(([id, found]): [string, Row] => [id, decide(found, check)]))
  return { items, unknown, malformed }
}

function decide(found: readonly Json[], check: CheckOutput | null): Row {
  const [row] = found
  if (row === undefined || !isJsonObject(row)) return { kind: 'missing' }
  if (found.some((other) => !isSame(other, row))) return { kind: 'duplicate', rows: found }
  const error = typeof row.error === 'string' && row.error.trim() !== '' ? row.error.trim() : null
  const { output, problems } = readOutput(row, check)
  if (problems.length === 0 && (error === null || (output ?? null) !== null)) {
    return isPlaceholder(output) ? { kind: 'missing' } : { kind: 'ok', output, row }
  }
  if (error !== null) return { kind: 'item_error', message: error, row }
  return { kind: 'invalid', problems, row }
}

/** The answer in a row: `output`, or where the model left that level out, what stands beside the id. */
function readOutput(row: JsonObject, check: CheckOutput | null): { output: Json; problems: readonly string[] } {
  const { id: _, error: __, ...rest } = row
  if (check === null) {
    const output = row.output ?? null
    return { output, problems: typeof output === 'string' ? [] : ['its output is no text'] }
  }
  if (row.output === undefined && Object.keys(rest).length > 0) return { output: rest, problems: check(rest) }
  if (row.output === undefined) return { output: null, problems: ['it has no output'] }
  return { output: row.output, problems: check(row.output) }
}

/** "…" and "same as above" stand for an answer that the model was too lazy to give again. */
const PLACEHOLDER = /^\W{0,3}(…|\.{3}|(the )?same as (the )?(above|before|previous|item|id)\b.{0,20})\W{0,3}$/i

function isPlaceholder(output: Json): boolean {
  return typeof output === 'string' && PLACEHOLDER.test(output)
}

/** Whether two values are the same JSON, whatever the order of their keys. */
function isSame(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    const others = b as readonly Json[]
    return a.length === others.length && a.every((value: Json, at) => isSame(value, others[at] ?? null))
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  const hasSame = (key: string) => Object.hasOwn(b, key) && isSame(a[key] ?? null, b[key] ?? null)
  return keys.length === Object.keys(b).length && keys.every(hasSame)
}
