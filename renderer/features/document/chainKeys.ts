import { z } from 'zod'
import { chain } from '../../../shared/chain.ts'

/** A part of a JSON Schema, as far as completion reads it. */
interface Schema {
  readonly description?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly $ref?: string
}

export interface KeyInfo {
  readonly key: string
  readonly description: string | null
}

const root = z.toJSONSchema(chain, { unrepresentable: 'any' }) as Schema & { readonly $defs?: Record<string, Schema> }

/** The keys that the chain format knows at a path. `values`: of the map there; its `kind` tells stages apart. */
export function keysAt(path: readonly string[], values: ReadonlyMap<string, string>): readonly KeyInfo[] {
  const found = new Map<string, KeyInfo>()
  for (const schema of schemasAt(path, values))
    for (const [key, { description }] of Object.entries(schema.properties ?? {}))
      if (!found.has(key)) found.set(key, { key, description: description ?? null })
  return [...found.values()]
}

/** The fixed words that may stand behind a key. */
export function wordsAt(path: readonly string[], values: ReadonlyMap<string, string>, key: string): readonly string[] {
  const words = schemasAt(path, values).flatMap((schema) => wordsOf(schema.properties?.[key]))
  return [...new Set(words)]
}

function schemasAt(path: readonly string[], values: ReadonlyMap<string, string>): readonly Schema[] {
  let schemas: readonly Schema[] = branches(root)
  for (const step of path)
    schemas = schemas.flatMap((schema) => {
      const next = schema.properties?.[step] ?? schema.additionalProperties
      return typeof next === 'object' ? branches(next) : []
    })
  const kind = values.get('kind')
  const ofKind = schemas.filter((schema) => schema.properties?.kind?.const === kind)
  return kind !== undefined && ofKind.length > 0 ? ofKind : schemas
}

/** A schema and all its alternatives. */
function branches(schema: Schema): readonly Schema[] {
  const name = schema.$ref?.split('/').at(-1)
  const target = name === undefined ? schema : (root.$defs?.[name] ?? {})
  return [target, ...[...(target.anyOf ?? []), ...(target.oneOf ?? [])].flatMap(branches)]
}

function wordsOf(schema: Schema | undefined): readonly string[] {
  if (schema === undefined) return []
  return branches(schema).flatMap((branch) => {
    const given = branch.const === undefined ? (branch.enum ?? []) : [branch.const]
    const booleans = branch.type === 'boolean' ? ['true', 'false'] : []
    return [...given.map(String), ...booleans]
  })
}
