import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import type { Option } from './chooseOption.ts'

/** The fixed values that a schema allows: `enum`, `const`, or branches that are all `const`. null: it is open. */
export function optionsOf(schema: JsonObject): readonly Option[] | null {
  if (schema.const !== undefined) return [{ value: schema.const, gloss: text(schema.description) }]
  if (Array.isArray(schema.enum)) return schema.enum.map((value: Json) => ({ value, gloss: '' }))
  const branches = branchesOf(schema)
  if (branches.length === 0 || !branches.every((branch) => branch.const !== undefined)) return null
  return branches.map((branch) => ({
    value: branch.const ?? null,
    gloss: `${text(branch.title)} ${text(branch.description)}`.trim(),
  }))
}

export function branchesOf(schema: JsonObject): readonly JsonObject[] {
  const branches = schema.oneOf ?? schema.anyOf
  return Array.isArray(branches) ? branches.filter(isJsonObject) : []
}

/** The types a schema allows; empty: any. */
export function typesOf(schema: JsonObject): readonly string[] {
  if (typeof schema.type === 'string') return [schema.type]
  if (Array.isArray(schema.type)) return schema.type.filter((type) => typeof type === 'string')
  if (schema.properties !== undefined) return ['object']
  return schema.items === undefined ? [] : ['array']
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
