import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { type ParamType, paramOf } from '../../../../shared/param.ts'

/** A param of the chain as its form shows it. */
export interface ParamDraft {
  /** `any`: a value of any type. */
  readonly type: ParamType | 'any'
  /** undefined: each launch must name a value. */
  readonly default: Json | undefined
  readonly description: string
  readonly choices: readonly Json[]
}

export const PARAM_WORDS: Readonly<Record<ParamDraft['type'], string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  array: 'list',
  object: 'object',
  any: 'anything',
}

export function readParam(written: Json): ParamDraft {
  const { type, default: value, description, choices } = paramOf(written)
  return { type: type ?? 'any', default: value, description: description ?? '', choices: choices ?? [] }
}

/** The shortest way to write it: only its value, where that says all. */
export function writeParam({ type, default: value, description, choices }: ParamDraft): Json {
  const isPlain = value !== undefined && description === '' && choices.length === 0 && readParam(value).type === type
  // A value that looks like a definition itself must be written as one.
  if (isPlain && !(isJsonObject(value) && 'type' in value)) return value
  if (type === 'any') return value ?? null
  return {
    type,
    ...(value === undefined ? {} : { default: value }),
    ...(description === '' ? {} : { description }),
    ...(choices.length === 0 ? {} : { enum: choices }),
  }
}

/** The param with another type, and as much of its values as that can hold. */
export function withType(param: ParamDraft, type: ParamDraft['type']): ParamDraft {
  const value = param.default === undefined ? undefined : converted(param.default, type)
  return { ...param, type, default: value, choices: param.choices.map((choice) => converted(choice, type)) }
}

const EMPTY: Readonly<Record<ParamDraft['type'], Json>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
  object: {},
  any: null,
}

function converted(value: Json, type: ParamDraft['type']): Json {
  if (type === 'any' || readParam(value).type === type) return value
  if (type === 'string') return typeof value === 'object' ? '' : String(value)
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  if (type === 'number' && Number.isFinite(number)) return number
  return type === 'integer' && Number.isFinite(number) ? Math.round(number) : EMPTY[type]
}
