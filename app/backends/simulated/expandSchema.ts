import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'

/** Deep enough for any answer; a schema that contains itself ends here. */
const DEEPEST = 8

/** The schema with every `$ref` followed and every `allOf` taken in, so that each part stands for itself. */
export function expandSchema(root: JsonObject): JsonObject {
  const expand = (schema: JsonObject, depth: number): JsonObject => {
    if (depth > DEEPEST) return {}
    const below = (value: Json): Json => (isJsonObject(value) ? expand(value, depth + 1) : value)
    const entries = Object.entries(flatten(schema, root)).filter(([key]) => key !== '$defs' && key !== 'definitions')
    return Object.fromEntries(
      entries.map(([key, value]): [string, Json] => {
        if (key === 'properties' && isJsonObject(value))
          return [key, Object.fromEntries(Object.entries(value).map(([name, child]) => [name, below(child)]))]
        if (key === 'items') return [key, below(value)]
        return (key === 'oneOf' || key === 'anyOf') && Array.isArray(value) ? [key, value.map(below)] : [key, value]
      }),
    )
  }
  return expand(root, 0)
}

function flatten(schema: JsonObject, root: JsonObject): JsonObject {
  let flat = schema
  for (let depth = 0; typeof flat.$ref === 'string' && depth < 8; depth++) {
    const { $ref: reference, ...rest } = flat
    flat = { ...follow(String(reference), root), ...rest }
  }
  if (!Array.isArray(flat.allOf)) return flat
  const { allOf, ...own } = flat
  return [...allOf.filter(isJsonObject), own]
    .map((part) => (part === own ? own : flatten(part, root)))
    .reduce(merge, {})
}

function follow(reference: string, root: JsonObject): JsonObject {
  let at: Json | undefined = root
  for (const step of reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== ''))
    at = isJsonObject(at) ? at[decodeURIComponent(step).replace(/~1/g, '/').replace(/~0/g, '~')] : undefined
  return isJsonObject(at) ? at : {}
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const object = (value: Json | undefined) => (isJsonObject(value) ? value : {})
  const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
  const properties = { ...object(a.properties), ...object(b.properties) }
  const required = [...new Set([...list(a.required), ...list(b.required)])]
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  }
}
