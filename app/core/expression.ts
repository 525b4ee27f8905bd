import jsonata from 'jsonata'
import { briefly } from '../../shared/expressions/briefly.ts'
import { compileExpression as compileWorkedOut } from '../../shared/expressions/compileExpression.ts'
import { sawData } from '../../shared/expressions/explainFault.ts'
import type { Failure } from '../../shared/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts'
import { bareExpression } from '../../shared/stageExpressions.ts'
import { parseTemplate, type TemplatePart } from '../../shared/template.ts'
import { TOKEN_FUNCTIONS, usesTokenizer } from './functions/tokenFunctions.ts'
import { loadTokenizer } from './tokens.ts'

/** What expressions see: `item`, `params`, `run` and the outputs of earlier stages by their ids. */
export type Scope = { readonly [name: string]: Json }

/** A value of the chain with its expressions compiled. Its cost is paid once a run, not once an item. */
export interface CompiledValue {
  /** Gives a promise only where an expression needs one: most are plain paths. */
  evaluate(scope: Scope): Evaluated | Promise<Evaluated>
}
export type Evaluated = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }

/** One evaluation may take so long before it is stopped. */
const TIMEOUT_MS = 1000

/** undefined: the expression found nothing. */
type Evaluate = (scope: Scope) => Json | undefined | Promise<Json | undefined>

/**
 * Compiles any YAML value that holds expressions. The document has passed shared/chainDocument.ts, so that every
 * expression can be read. `place` names the value in errors: `stages.draft.prompt`.
 * What an expression finds nothing for is null in a value, and a failure inside text.
 */
export function compileValue(value: Json, place: string): CompiledValue {
  return guard(compile(value, place))
}

/** Compiles a `when`: whether the stage is to run. False, null, empty text, empty list and empty object are no. */
export function compileCondition(text: string, place: string): CompiledValue {
  const evaluate = compileExpression(bareExpression(text), place)
  return guard(async (scope) => isTruthy((await evaluate(scope)) ?? null))
}

/**
 * Compiles a `where`: whether an item is to be taken. As a `when`, but an order that cannot be told (`item.amount > 1000`
 * of an item without an amount) is a failure: nothing is left out by an oversight.
 */
export function compileWhere(text: string, place: string): CompiledValue {
  const source = bareExpression(text)
  const evaluate = compileExpression(source, place)
  const { type, value } = jsonata(source).ast()
  const isOrder = type === 'binary' && ['<', '<=', '>', '>='].includes(String(value))
  return guard(async (scope) => {
    const found = await evaluate(scope)
    if (found === undefined && isOrder) {
      const message = `\`${source}\` in ${place} cannot be told. ${whatIsThere(source, scope)}`
      throw new ExpressionFailed({ kind: 'expression', expression: source, place, message })
    }
    return isTruthy(found ?? null)
  })
}

/**
 * Compiles what must give a list. A plain path or a written value that is no list is a failure which names what it found;
 * an expression that selects or computes, and finds one value or none, counts as a list of one or none.
 */
export function compileListValue(value: Json, place: string): CompiledValue {
  const template = typeof value === 'string' ? parseTemplate(value).template : null
  const [only] = template?.parts.filter((part) => part.kind === 'expression') ?? []
  const source = template?.exact === true && only !== undefined ? only.source : null
  const path = source === null ? null : plainPath(source)
  const evaluate = compile(value, place)
  const toList = (found: Json | undefined, scope: Scope): Json => {
    if (Array.isArray(found)) return found
    if (source !== null && (path === null || !isDirect(path, scope)))
      return found === undefined || found === null ? [] : [found]
    throw new ExpressionFailed({
      kind: 'expression',
      expression: source ?? (typeof value === 'string' ? value : JSON.stringify(value)),
      place,
      message: `${place} needs a list, and ${source === null ? 'this' : `\`${source}\``} is ${describeFound(found)}.`,
    })
  }
  return guard((scope) => {
    const found = evaluate(scope)
    return isPromise(found) ? found.then((value) => toList(value, scope)) : toList(found, scope)
  })
}

/** A path that meets a list on its way selects from it; any other leads to one value. */
function isDirect(path: readonly string[], scope: Scope): boolean {
  let value: Json | undefined = scope
  for (const name of path) {
    if (Array.isArray(value)) return false
    value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }
  return true
}

function describeFound(value: Json | undefined): string {
  if (value === undefined) return 'not there'
  if (value === null) return 'null'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text ${briefly(value, 80)}`
  if (isJsonObject(value)) return `an object with ${fieldsOf(value)}`
  if (typeof value === 'object') return `the list ${briefly(value, 80)}`
  return `the ${typeof value === 'number' ? 'number' : 'truth value'} ${value}`
}

function isTruthy(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

function guard(evaluate: Evaluate): CompiledValue {
  return {
    evaluate(scope) {
      try {
        const value = evaluate(scope)
        return isPromise(value) ? value.then(succeeded, failed) : succeeded(value)
      } catch (error) {
        return failed(error)
      }
    },
  }
}

function succeeded(value: Json | undefined): Evaluated {
  return { ok: true, value: value ?? null }
}

function failed(error: unknown): Evaluated {
  if (error instanceof ExpressionFailed) return { ok: false, failure: error.failure }
  throw error
}

/** Carries a failure out of nested evaluation to `guard`, and no further. */
class ExpressionFailed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}

function compile(value: Json, place: string): Evaluate {
  if (typeof value === 'string') return compileText(value, place)
  if (Array.isArray(value)) return compileList(value.map((entry, index) => compile(entry, `${place}.${index}`)))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as JsonObject).map(([key, entry]): [string, Evaluate] => [
      key,
      compile(entry, `${place}.${key}`),
    ])
    const evaluate = compileList(entries.map(([, entry]) => entry))
    const build = (values: readonly Json[]) =>
      Object.fromEntries(entries.map(([key], index) => [key, values[index] ?? null]))
    return (scope) => {
      const values = evaluate(scope) as readonly Json[] | Promise<readonly Json[]>
      return isPromise(values) ? values.then(build) : build(values)
    }
  }
  return () => value
}

function compileList(parts: readonly Evaluate[]): Evaluate {
  return (scope) => {
    const values = parts.map((part) => part(scope))
    if (values.some(isPromise)) return Promise.all(values).then((all) => all.map((value) => value ?? null))
    return (values as (Json | undefined)[]).map((value) => value ?? null)
  }
}

function compileText(text: string, place: string): Evaluate {
  const { template } = parseTemplate(text)
  const [only] = template.parts.filter((part) => part.kind === 'expression')
  if (only === undefined) return () => text
  if (template.exact) return compileExpression(only.source, place)
  const parts = template.parts.map((part) => compilePart(part, place))
  return (scope) => {
    const texts = parts.map((part) => part(scope))
    return texts.some(isPromise) ? Promise.all(texts).then((all) => all.join('')) : texts.join('')
  }
}

function compilePart(part: TemplatePart, place: string): (scope: Scope) => string | Promise<string> {
  if (part.kind === 'text') return () => part.text
  const evaluate = compileExpression(part.source, place)
  const toText = (scope: Scope, value: Json | undefined): string => {
    if (value === undefined) throw new ExpressionFailed(foundNothing(part.source, place, scope))
    return valueAsText(value)
  }
  return (scope) => {
    const value = evaluate(scope)
    return isPromise(value) ? value.then((found) => toText(scope, found)) : toText(scope, value)
  }
}

/** How a value stands inside text, and as a message of its own: text as it is, nothing for null, else JSON. */
export function valueAsText(value: Json): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  return JSON.stringify(value, null, 2)
}

function compileExpression(source: string, place: string): Evaluate {
  const worked = compileWorkedOut(source, { timeoutMs: TIMEOUT_MS, functions: TOKEN_FUNCTIONS })
  const needsTokenizer = usesTokenizer(source)
  const slow = async (scope: Scope): Promise<Json | undefined> => {
    if (needsTokenizer) await loadTokenizer()
    const result = await worked(scope)
    if (result.ok) return result.value
    throw new ExpressionFailed({ kind: 'expression', expression: source, place, message: result.message })
  }
  const path = plainPath(source)
  if (path === null) return slow
  // Paths through objects are by far the most common expressions, and JSONata's own evaluator takes microseconds and a
  // promise for each. Where a list is met on the way its mapping rules apply, so it is asked after all.
  return (scope) => {
    let value: Json | undefined = scope
    for (const name of path) {
      if (Array.isArray(value)) return slow(scope)
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as JsonObject)[name]
          : undefined
    }
    return value
  }
}

function plainPath(source: string): readonly string[] | null {
  return /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(source) && !KEYWORDS.has(source.split('.')[0] ?? '')
    ? source.split('.')
    : null
}
const KEYWORDS = new Set(['true', 'false', 'null', 'and', 'or', 'in'])

function foundNothing(source: string, place: string, scope: Scope): Failure {
  const advice = `To allow that, write \`${source} ?? ''\`.`
  return {
    kind: 'expression',
    expression: source,
    place,
    message: `\`${source}\` in ${place} found nothing. ${whatIsThere(source, scope)} ${advice}`,
  }
}

/** The fields of the first value on the way that does not have the next one; else the data it saw. */
function whatIsThere(source: string, scope: Scope): string {
  const path = plainPath(source)
  if (path === null) return `It saw ${sawData(source, scope) || 'nothing'}.`
  let value: Json | undefined = scope
  for (const [index, name] of path.entries()) {
    const next: Json | undefined = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
    if (next === undefined) {
      const before = path.slice(0, index).join('.')
      if (isJsonObject(value)) return `${before === '' ? 'There are' : `\`${before}\` has`}: ${fieldsOf(value)}.`
      return `\`${before}\` is ${describeFound(value)}.`
    }
    value = next
  }
  return ''
}

function fieldsOf(value: JsonObject): string {
  const names = Object.keys(value).join(', ')
  if (names === '') return 'nothing'
  return names.length > 200 ? `${names.slice(0, 199)}…` : names
}
