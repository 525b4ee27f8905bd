import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'

export const FIELD_TYPES = ['string', 'number', 'integer', 'boolean', 'choice', 'object', 'other'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** One property of an object schema, as the field builder shows it. */
export interface SchemaField {
  readonly name: string
  /** `choice`: a string out of `options`. `other`: a schema the builder shows as it is written. */
  readonly type: FieldType
  readonly list: boolean
  readonly required: boolean
  /** Written as `type: [T, "null"]`. */
  readonly nullable: boolean
  readonly description: string
  /** Of a choice. */
  readonly options: readonly string[]
  /** Of an object. */
  readonly shape: SchemaShape
  /** Keywords beside those above (`minimum`, `format` …), kept as they are. */
  readonly extra: JsonObject
  /** Keywords of the list itself (`minItems` …). */
  readonly listExtra: JsonObject
}

/** An object schema as fields. */
export interface SchemaShape {
  readonly fields: readonly SchemaField[]
  readonly extra: JsonObject
}

export const NO_SHAPE: SchemaShape = { fields: [], extra: {} }

export function newField(name: string): SchemaField {
  return {
    name,
    type: 'string',
    list: false,
    required: true,
    nullable: false,
    description: '',
    options: [],
    shape: NO_SHAPE,
    extra: {},
    listExtra: {},
  }
}

/** A schema as fields; null: fields cannot say it, and it is edited as JSON Schema. Nothing is ever lost on the way back. */
export function shapeOfSchema(schema: JsonObject): SchemaShape | null {
  const shape = readShape(schema)
  return shape !== null && canonical(schemaOfShape(shape)) === canonical(schema) ? shape : null
}

export function schemaOfShape({ fields, extra }: SchemaShape): JsonObject {
  const required = fields.filter((field) => field.required).map((field) => field.name)
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOfField(field)])),
    ...extra,
  }
}

function readShape(schema: JsonObject): SchemaShape | null {
  const { type, properties, required, ...extra } = schema
  if (type !== 'object' || !isJsonObject(properties)) return null
  const names = Array.isArray(required) ? (required as readonly Json[]) : []
  const fields = Object.entries(properties).map(([name, property]) => readField(name, property, names.includes(name)))
  return { fields, extra }
}

function readField(name: string, schema: Json, required: boolean): SchemaField {
  const base = { ...newField(name), required }
  // `true` and `false` are schemas too; no field says them, and the comparison in shapeOfSchema finds it.
  if (!isJsonObject(schema)) return { ...base, type: 'other' }
  const { description, ...rest } = schema
  const text = typeof description === 'string' ? description : ''
  const described = { ...base, description: text }
  if (rest.type === 'array' && isJsonObject(rest.items)) {
    const { type: _, items, ...listExtra } = rest
    const inner = readValue(described, rest.items)
    if (inner.type !== 'other') return { ...inner, list: true, listExtra }
  }
  return readValue(described, rest)
}

function readValue(base: SchemaField, schema: JsonObject): SchemaField {
  const { type: written, ...extra } = schema
  const nullable = Array.isArray(written) && written.length === 2 && written[1] === 'null'
  const type = nullable ? (written as readonly Json[])[0] : written
  if (type === 'object' && !nullable) {
    const shape = readShape(schema)
    return shape === null ? { ...base, type: 'other', extra: schema } : { ...base, type: 'object', shape }
  }
  if (type === 'string' && !nullable && isTexts(extra.enum)) {
    const { enum: options, ...others } = extra
    return { ...base, type: 'choice', options: options as readonly string[], extra: others }
  }
  const known = (['string', 'number', 'integer', 'boolean'] as const).find((each) => each === type)
  return known === undefined ? { ...base, type: 'other', extra: schema } : { ...base, type: known, nullable, extra }
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function schemaOfField(field: SchemaField): JsonObject {
  const described = field.description === '' ? {} : { description: field.description }
  if (!field.list) return { ...schemaOfValue(field), ...described }
  return { type: 'array', items: schemaOfValue(field), ...field.listExtra, ...described }
}

function schemaOfValue(field: SchemaField): JsonObject {
  switch (field.type) {
    case 'other':
      return field.extra
    case 'object':
      return schemaOfShape(field.shape)
    case 'choice':
      return { type: 'string', enum: field.options, ...field.extra }
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
      return { type: field.nullable ? [field.type, 'null'] : field.type, ...field.extra }
  }
}

/** One text for two schemas that mean the same: key order and the order of `required` say nothing. */
function canonical(value: Json): string {
  return JSON.stringify(value, (key, entry: Json) => {
    if (key === 'required' && isTexts(entry)) return [...(entry as readonly string[])].sort()
    if (!isJsonObject(entry)) return entry
    return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
