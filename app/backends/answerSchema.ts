import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts'
import type { Backend, Completion, CompletionRequest } from '../ports/backend.ts'

const KEPT = new Set(['type', 'enum', 'const', '$ref', 'title', 'required'])
const DROPPED = new Set(['$schema', '$id', '$comment', 'default', 'examples', 'additionalProperties', 'description'])
const CONSTRAINTS = new Set([
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
])

/**
 * A schema as guided decoding takes it: every object closed, constraints that it cannot enforce moved into the
 * descriptions (the engine checks the answer against the original anyway). Whatever fits it fits the original but for
 * those. null: the schema says something that guided decoding cannot say (maps, conditions, open values).
 */
export function strictSchema(schema: JsonObject): JsonObject | null {
  const known = strictSchemas.get(schema)
  if (known !== undefined) return known
  const strict = close(schema)
  strictSchemas.set(schema, strict)
  return strict
}
const strictSchemas = new WeakMap<JsonObject, JsonObject | null>()

/** What OpenAI's strict mode asks for beyond that: no object has an optional property. */
export function hasOnlyRequired(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.every(hasOnlyRequired)
  if (!isJsonObject(schema)) return true
  const { properties, required } = schema
  if (isJsonObject(properties)) {
    const names: readonly Json[] = Array.isArray(required) ? required : []
    if (!Object.keys(properties).every((name) => names.includes(name))) return false
  }
  return Object.values(schema).every(hasOnlyRequired)
}

/** The last way to ask for JSON, which every model understands. */
export function schemaInWords(instructions: string | null, schema: JsonObject): string {
  const words = `Answer with one JSON value and nothing else. It must match this JSON Schema:\n${JSON.stringify(schema)}`
  return instructions === null ? words : `${instructions}\n\n${words}`
}

type Call = (request: CompletionRequest, guided: boolean, signal: AbortSignal) => Promise<Completion>

/**
 * Asks with the provider's structured output; a schema that the server refuses (an old model, a server that does not
 * know it, a keyword too many) is asked for in the adapter's second way, then and from then on. A refused request
 * is not billed, so this is still one paid call.
 */
export function createGuidedBackend(call: Call): Backend {
  const refused = new WeakSet<JsonObject>()
  return {
    async complete(request, signal) {
      const { schema } = request
      const guided = schema !== null && !refused.has(schema)
      const completion = await call(request, guided, signal)
      if (!guided || !isSchemaRefusal(completion)) return completion
      refused.add(schema)
      return call(request, false, signal)
    },
  }
}

function isSchemaRefusal(completion: Completion): boolean {
  if (completion.ok || completion.failure.kind !== 'provider') return false
  const { httpStatus, message } = completion.failure
  return (
    (httpStatus === 400 || httpStatus === 422) &&
    /response_format|output_config|output.?format|schema|structured|grammar/i.test(message)
  )
}

function close(schema: JsonObject): JsonObject | null {
  const closed: Record<string, Json> = {}
  const constraints: string[] = []
  for (const [keyword, value] of Object.entries(schema)) {
    if (KEPT.has(keyword)) closed[keyword] = value
    else if (CONSTRAINTS.has(keyword)) constraints.push(`${keyword}: ${JSON.stringify(value)}`)
    else if (keyword === 'properties' || keyword === '$defs' || keyword === 'definitions') {
      const children = isJsonObject(value) ? closeAll(Object.entries(value)) : null
      if (children === null) return null
      closed[keyword] = Object.fromEntries(children)
    } else if (keyword === 'anyOf' || keyword === 'oneOf') {
      const children = Array.isArray(value) ? closeAll(value.map((child: Json) => ['', child])) : null
      if (children === null) return null
      closed.anyOf = children.map(([, child]) => child)
    } else if (keyword === 'items') {
      const child = isJsonObject(value) ? close(value) : null
      if (child === null) return null
      closed.items = child
    } else if (!DROPPED.has(keyword)) return null
  }
  if (!saysWhatItIs(schema)) return null
  if ('properties' in schema) closed.additionalProperties = false
  const description = [schema.description, constraints.length > 0 ? `(${constraints.join(', ')})` : null]
  const text = description.filter((part) => typeof part === 'string').join(' ')
  if (text !== '') closed.description = text
  return closed
}

function closeAll(entries: readonly (readonly [string, Json])[]): [string, JsonObject][] | null {
  const closed: [string, JsonObject][] = []
  for (const [name, schema] of entries) {
    const child = isJsonObject(schema) ? close(schema) : null
    if (child === null) return null
    closed.push([name, child])
  }
  return closed
}

/** An open object (a map) or an array of anything cannot be closed without losing answers. */
function saysWhatItIs(schema: JsonObject): boolean {
  const { type, properties, items, additionalProperties } = schema
  const types: readonly Json[] = Array.isArray(type) ? type : [type ?? null]
  if (types.includes('object') || properties !== undefined)
    return (
      isJsonObject(properties) &&
      Object.keys(properties).length > 0 &&
      additionalProperties !== true &&
      !isJsonObject(additionalProperties)
    )
  if (types.includes('array')) return items !== undefined
  return type !== undefined || ['enum', 'const', 'anyOf', 'oneOf', '$ref'].some((keyword) => keyword in schema)
}
