import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'

/** One property of an input schema, as the form for a try shows it. */
export interface InputField {
  readonly name: string
  /** `texts`: a list of texts. `json`: another list, an object, or whatever else a schema may say. */
  readonly kind: 'text' | 'texts' | 'number' | 'integer' | 'boolean' | 'choice' | 'json'
  readonly required: boolean
  readonly description: string
  /** Of a choice. */
  readonly options: readonly string[]
}

/** null: the schema names no properties, and the input is written as JSON. */
export function inputFields(schema: JsonObject | undefined): readonly InputField[] | null {
  if (schema === undefined || !isJsonObject(schema.properties)) return null
  const required: readonly Json[] = Array.isArray(schema.required) ? schema.required : []
  const fields = Object.entries(schema.properties).map(([name, property]): InputField => {
    const said = isJsonObject(property) ? property : {}
    const options = textsOf(said.enum)
    const description = typeof said.description === 'string' ? said.description : ''
    return { name, kind: kindOf(said, options), required: required.includes(name), description, options: options ?? [] }
  })
  return fields.length === 0 ? null : fields
}

function kindOf({ type, items }: JsonObject, options: readonly string[] | null): InputField['kind'] {
  if (options !== null) return 'choice'
  if (type === 'string') return 'text'
  if (type === 'array' && isJsonObject(items) && items.type === 'string') return 'texts'
  if (type === 'number' || type === 'integer' || type === 'boolean') return type
  return 'json'
}

function textsOf(value: Json | undefined): readonly string[] | null {
  const isTexts = Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string')
  return isTexts ? (value as readonly string[]) : null
}

/** The input with one property set; undefined takes it out. Keys stand in the schema's order, others behind them. */
export function withProperty(input: Json, { name, value }: { name: string; value: Json | undefined }): JsonObject {
  const before = isJsonObject(input) ? input : {}
  if (value !== undefined) return { ...before, [name]: value }
  return Object.fromEntries(Object.entries(before).filter(([key]) => key !== name))
}

/**
 * An item of a source as the worker's input: the properties that both have; and where a worker asks for one text under
 * another name, the item's text. Without fields, the item as it is.
 */
export function inputOfItem(fields: readonly InputField[] | null, item: Json): Json {
  if (fields === null || !isJsonObject(item)) return item
  const shared = fields.flatMap(({ name }) => (item[name] === undefined ? [] : [[name, item[name]] as const]))
  const missing = fields.filter(({ name, kind, required }) => required && kind === 'text' && item[name] === undefined)
  const [only] = missing
  const text =
    missing.length === 1 && only !== undefined && typeof item.text === 'string' ? { [only.name]: item.text } : {}
  return { ...Object.fromEntries(shared), ...text }
}
