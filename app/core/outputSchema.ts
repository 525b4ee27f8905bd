import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import type { Json, JsonObject } from '../../shared/json.ts'
import type { createAjv as CreateAjv } from './ajv.ts'

/** What is wrong with a value, one sentence each, with the path of the place; empty: nothing. */
export type CheckOutput = (value: Json) => readonly string[]

export type CompiledSchema =
  | { readonly ok: true; readonly check: CheckOutput }
  | { readonly ok: false; readonly message: string }

let createAjv: typeof CreateAjv | null = null

/** Must have been awaited before a schema is compiled. Takes some 40 ms, once: many chains hold no schema. */
export async function loadSchemaCompiler(): Promise<void> {
  createAjv ??= (await import('./ajv.ts')).createAjv
}

/** To compile one takes milliseconds, and the same chain is planned again for each item of a sample. */
const MOST_KEPT = 128
const kept = new Map<string, CompiledSchema>()

/**
 * Compiles a JSON Schema (2020-12). Unknown keywords are an author's slip and are refused. `whole`: what problems call
 * the value that is checked.
 */
export function compileSchema(schema: JsonObject, whole = 'the answer'): CompiledSchema {
  const name = JSON.stringify([whole, schema])
  const compiled = kept.get(name) ?? compile(schema, whole)
  kept.delete(name)
  kept.set(name, compiled)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return compiled
}

function compile(schema: JsonObject, whole: string): CompiledSchema {
  if (createAjv === null) throw new Error('The schema compiler was not loaded.')
  const ajv = createAjv()
  let validate: ValidateFunction
  try {
    validate = ajv.compile(schema)
  } catch (error) {
    // Ajv throws for whatever is wrong with a schema; that is the author's, and theirs to read.
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
  return {
    ok: true,
    check: (value) => (validate(value) ? [] : (validate.errors ?? []).map((error) => inWords(error, whole))),
  }
}

function inWords(error: ErrorObject, whole: string): string {
  const place = error.instancePath === '' ? whole : error.instancePath.slice(1).replaceAll('/', '.')
  const message = error.message ?? 'is not valid'
  if (error.keyword === 'enum')
    return `${place} must be one of ${(error.params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`
  if (error.keyword === 'additionalProperties')
    return `${place} must not have the key "${String(error.params.additionalProperty)}"`
  return `${place} ${message}`
}
