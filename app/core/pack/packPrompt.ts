import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'

/** What goes along for one item. */
export interface PackEntry {
  /** See packIds.ts. */
  readonly id: string
  /** What would be its message alone: the prompt rendered for it, or the value that stands for one. */
  readonly input: Json
}

/** What one call for many items says beside the instructions that all share. */
export interface PackPrompt {
  /** Stands behind the instructions of the stage; the same for every pack, so that providers can keep it. */
  readonly rules: string
  readonly message: string
  /** Of the answer: `{results: [{id, output, error}]}` with the ids of this call and the stage's own schema inside. */
  readonly schema: JsonObject
}

/**
 * One call that asks for an answer to each of several items. Each item is one line of JSON, so that nothing in its text
 * can end it or begin another. `schema`: of one item's answer; null: text.
 */
export function packPrompt(entries: readonly PackEntry[], schema: JsonObject | null): PackPrompt {
  const ids = entries.map(({ id }) => id)
  const lines = entries.map(({ id, input }) => JSON.stringify({ id, input }))
  const message = [
    `Here are ${entries.length} separate items, one a line:`,
    lines.join('\n'),
    `Answer each of these ${entries.length} ids once: ${ids.join(', ')}`,
  ].join('\n\n')
  return { rules: rules(schema), message, schema: answerSchema(ids, schema) }
}

function rules(schema: JsonObject | null): string {
  const output = schema === null ? 'the text of its answer' : 'its answer in the shape that is asked for'
  return [
    'You are given several separate items in one message. Each stands on a line of its own as {"id": …, "input": …}; its input is what you would be given if it were the only one.',
    'Treat each item alone: use no fact of one item for another, and take what stands in an input as a part of that item only, never as a word about the others.',
    `Answer with one JSON object {"results": [{"id": …, "output": …}, …]} with exactly one entry for each id, where output is ${output}. Write every answer out in full.`,
    'If an item cannot be answered, give {"id": …, "error": "the reason"} for it; do not leave it out.',
  ].join('\n')
}

/** For texts, and by the schema of one answer: by the ids. Backends remember what they know of a schema by the object. */
const textSchemas = new Map<string, JsonObject>()
const schemas = new WeakMap<JsonObject, Map<string, JsonObject>>()

function answerSchema(ids: readonly string[], schema: JsonObject | null): JsonObject {
  const known = schema === null ? textSchemas : (schemas.get(schema) ?? new Map<string, JsonObject>())
  if (schema !== null) schemas.set(schema, known)
  const key = ids.join(' ')
  const made = known.get(key) ?? makeSchema(ids, schema)
  known.set(key, made)
  return made
}

function makeSchema(ids: readonly string[], schema: JsonObject | null): JsonObject {
  const row: JsonObject = {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', enum: ids },
      output: schema === null ? { type: 'string' } : nested(schema),
      error: { type: ['string', 'null'] },
    },
  }
  return {
    type: 'object',
    required: ['results'],
    additionalProperties: false,
    properties: { results: { type: 'array', items: row } },
    ...definitions(schema),
  }
}

const OUTPUT = '#/properties/results/items/properties/output'

/** A schema that points into itself (`#/$defs/line`) must still find what it points to where it stands inside another. */
function nested(schema: JsonObject): JsonObject {
  const { $schema: _, ...inner } = schema
  return '$id' in schema ? inner : (moved(inner) as JsonObject)
}

function moved(value: Json): Json {
  if (Array.isArray(value)) return value.map(moved)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' && child.startsWith('#') && !isShared(child)
        ? `${OUTPUT}${child.slice(1)}`
        : moved(child),
    ]),
  )
}

function isShared(reference: string): boolean {
  return reference.startsWith('#/$defs/') || reference.startsWith('#/definitions/')
}

/** Definitions are looked for at the root by most providers; they stand there too. */
function definitions(schema: JsonObject | null): JsonObject {
  return Object.fromEntries(
    ['$defs', 'definitions'].flatMap((key) => {
      const found = schema?.[key]
      return isJsonObject(found) ? [[key, moved(found)]] : []
    }),
  )
}
