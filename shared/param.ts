import { z } from 'zod'
import { isJsonObject, type Json, json } from './json.ts'

const PARAM_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'] as const
export type ParamType = (typeof PARAM_TYPES)[number]

/** A param with its type; one without a default must be given at each launch. */
const definition = z.strictObject({
  type: z.enum(PARAM_TYPES),
  default: json.optional(),
  description: z.string().optional(),
  enum: z.array(json).min(1).optional().describe('The only values it may have.'),
})

export interface Param {
  readonly type: ParamType | null
  /** undefined: a launch must name it. */
  readonly default: Json | undefined
  readonly description: string | null
  readonly choices: readonly Json[] | null
}

/** `language: English` gives a value only; `language: {type: string, default: English}` says more. */
export function paramOf(written: Json): Param {
  const parsed = isJsonObject(written) && 'type' in written ? definition.safeParse(written) : null
  if (parsed?.success !== true) return { type: typeOf(written), default: written, description: null, choices: null }
  const { type, description, enum: choices } = parsed.data
  return { type, default: parsed.data.default, description: description ?? null, choices: choices ?? null }
}

/** null: a value of any type may take its place. */
function typeOf(value: Json): ParamType | null {
  if (value === null) return null
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object'
}

/** Why a value does not fit; null: it does. */
export function paramProblem(param: Param, value: Json): string | null {
  if (param.choices !== null && !param.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value)))
    return `It must be one of: ${param.choices.map((choice) => JSON.stringify(choice)).join(', ')}.`
  if (param.type === null) return null
  const type = typeOf(value)
  const fits = param.type === 'integer' ? type === 'number' && Number.isInteger(value) : type === param.type
  return fits ? null : `It must be ${withArticle(param.type)}, not ${type === null ? 'null' : withArticle(type)}.`
}

function withArticle(type: ParamType): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`
}
