import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts'

/** A name that an expression may use, with what is known of it. */
export interface ScopeName {
  readonly name: string
  /** `string`, `number`, `list`, `object` …, as far as it is known. */
  readonly type: string | null
  /** A real value: of the first item, or of the last test; undefined: none is known. */
  readonly value: Json | undefined
  /** What it is, in a few words. */
  readonly about: string | null
  /** The names below it; those of a list are the names below its elements. */
  readonly fields: readonly ScopeName[]
}

export function unknownName(name: string, about: string | null = null): ScopeName {
  return { name, type: null, value: undefined, about, fields: [] }
}

/** A name of a certain type of which no value is known yet. */
export function typedName(name: string, type: string, about: string | null = null): ScopeName {
  return { ...unknownName(name, about), type }
}

/** A name with a real value, and with the names below it. */
export function valueName(name: string, value: Json, about: string | null = null): ScopeName {
  return { name, type: typeOf(value), value, about, fields: fieldsOfValue(value) }
}

/** What a JSON Schema says of a value. */
export function schemaName(name: string, schema: JsonObject, about: string | null = null): ScopeName {
  const described = typeof schema.description === 'string' ? schema.description : null
  return {
    name,
    type: typeOfSchema(schema),
    value: undefined,
    about: described ?? about,
    fields: fieldsOfSchema(schema),
  }
}

/** What is known of a name from two sides: the value comes from the first, what only the other knows stays. */
export function mergeNames(real: ScopeName, said: ScopeName): ScopeName {
  const others = said.fields.filter(({ name }) => !real.fields.some((field) => field.name === name))
  const fields = real.fields.map((field) => {
    const other = said.fields.find(({ name }) => name === field.name)
    return other === undefined ? field : mergeNames(field, other)
  })
  return { ...real, type: real.type ?? said.type, about: said.about ?? real.about, fields: [...fields, ...others] }
}

/** One element of a list of which this is known. */
export function elementOf(list: ScopeName, name: string, about: string): ScopeName {
  const first = Array.isArray(list.value) ? (list.value[0] as Json | undefined) : undefined
  if (first !== undefined)
    return mergeNames(valueName(name, first, about), { ...unknownName(name, about), fields: list.fields })
  return { ...unknownName(name, about), type: list.fields.length > 0 ? 'object' : null, fields: list.fields }
}

/** Deep enough for what people write, and bounded for what items hold. */
const DEPTH = 6

function fieldsOfValue(value: Json, depth = DEPTH): readonly ScopeName[] {
  if (depth === 0) return []
  if (Array.isArray(value)) return value.length === 0 ? [] : fieldsOfValue(value[0] as Json, depth - 1)
  if (!isJsonObject(value)) return []
  return Object.entries(value).map(([name, entry]) => ({
    ...valueName(name, null),
    type: typeOf(entry),
    value: entry,
    fields: fieldsOfValue(entry, depth - 1),
  }))
}

function fieldsOfSchema(schema: JsonObject): readonly ScopeName[] {
  if (isJsonObject(schema.items)) return fieldsOfSchema(schema.items)
  if (!isJsonObject(schema.properties)) return []
  return Object.entries(schema.properties).map(([name, property]) =>
    isJsonObject(property) ? schemaName(name, property) : unknownName(name),
  )
}

function typeOfSchema({ type }: JsonObject): string | null {
  if (typeof type !== 'string') return null
  return type === 'array' ? 'list' : type
}

export function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value
}
