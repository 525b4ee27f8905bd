import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { chooseOption } from './chooseOption.ts'
import { fillArray } from './fillArray.ts'
import { fillBoolean } from './fillBoolean.ts'
import { anyNumber, fillNumber } from './fillNumber.ts'
import { anyString, fillString } from './fillString.ts'
import { branchesOf, optionsOf, text, typesOf } from './schemaParts.ts'
import { childSlot, type Material, type Slot } from './slot.ts'

/**
 * A value that the schema allows, drawn from the text. undefined: the text has nothing for a place that may stay empty.
 * The schema stands for itself (expandSchema.ts).
 */
export function fillSchema(schema: JsonObject, slot: Slot, material: Material): Json | undefined {
  const described = { ...slot, description: text(schema.description) || slot.description }
  const options = optionsOf(schema)
  if (options !== null) return chooseOption(described, options, material)
  const branches = branchesOf(schema)
  if (branches.length > 0) return fillBranch(schema, described, material)
  const types = typesOf(schema)
  const found = fillType(types.find((type) => type !== 'null') ?? types[0] ?? 'string', schema, {
    slot: described,
    material,
  })
  if (found !== undefined || !slot.required) return found
  return types.includes('null') ? null : anyValue(schema)
}

function fillBranch(schema: JsonObject, slot: Slot, material: Material): Json | undefined {
  const { oneOf: _, anyOf: __, ...own } = schema
  const branches = branchesOf(schema).map((branch) => ({ ...own, ...branch }))
  const optional = { ...slot, required: false }
  const real = branches.filter((branch) => typesOf(branch).join() !== 'null')
  for (const branch of real) {
    const found = fillSchema(branch, optional, material)
    if (found !== undefined) return found
  }
  if (!slot.required) return undefined
  return real.length < branches.length ? null : anyValue(branches[0] ?? {})
}

function fillType(
  type: string,
  schema: JsonObject,
  { slot, material }: { slot: Slot; material: Material },
): Json | undefined {
  switch (type) {
    case 'object':
      return fillObject(schema, slot, material)
    case 'array':
      return fillArray(slot, schema, { material, fill: fillSchema })
    case 'number':
    case 'integer':
      return fillNumber(slot, schema, material)
    case 'boolean':
      return fillBoolean(slot, material)
    case 'null':
      return null
    default:
      return fillString(slot, schema, material)
  }
}

function fillObject(schema: JsonObject, slot: Slot, material: Material): JsonObject {
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const filled: { [key: string]: Json } = {}
  for (const [key, property] of Object.entries(isJsonObject(schema.properties) ? schema.properties : {})) {
    const child = isJsonObject(property) ? property : {}
    const value = fillSchema(
      child,
      childSlot(slot, key, { description: text(child.description), required: required.has(key) }),
      material,
    )
    if (value !== undefined) filled[key] = value
  }
  return filled
}

/** A value that the schema allows and that says nothing. */
function anyValue(schema: JsonObject): Json {
  const options = optionsOf(schema)
  if (options !== null) return options[0]?.value ?? null
  const branches = branchesOf(schema)
  if (branches[0] !== undefined) return anyValue({ ...schema, oneOf: [], anyOf: [], ...branches[0] })
  const types = typesOf(schema)
  if (types.includes('null')) return null
  switch (types[0]) {
    case 'number':
    case 'integer':
      return anyNumber(schema)
    case 'boolean':
      return false
    default:
      return anyString(schema)
  }
}
