import { expressionFunction } from '../expressionFunctions.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { expressionReferences } from '../references.ts'
import { isJsonataError, type JsonataError } from '../template.ts'
import { briefly } from './briefly.ts'

/** What expressions see: names of the chain with their values. */
export type ExpressionScope = JsonObject

/** Of the message, what tells the data that the expression saw. */
const MOST_DATA = 300

/**
 * Why an expression could not be worked out: the expression, the place in it, what is wrong there and the data it saw.
 * Anything that JSONata throws comes of the expression and its data: its own errors, and JavaScript's where a value is
 * beyond what that can hold.
 */
export function explainFault(error: unknown, source: string, scope: ExpressionScope): string {
  const known = isJsonataError(error) ? error : null
  if (known === null && !(error instanceof RangeError || error instanceof TypeError || error instanceof URIError))
    throw error
  if (known !== null && STOPPED.has(known.code)) return `\`${source}\` ${STOPPED.get(known.code)} It was stopped.`
  const what =
    known === null ? `A value is beyond what can be computed (${(error as Error).message}).` : messageOf(known)
  const place = known === null ? '' : placeOf(known, source)
  const data = sawData(source, scope)
  return `\`${source}\` cannot be worked out${place}: ${what}${data === '' ? '' : ` It saw ${data}.`}`
}

const STOPPED = new Map([
  ['D1011', 'calls itself too often.'],
  ['D1012', 'took too long.'],
  ['D2014', 'makes a list with too many entries.'],
  ['D2015', 'makes a list with too many entries.'],
])

function messageOf({ code, message, token }: JsonataError): string {
  const sentence = /[.!?)]$/.test(message) ? message : `${message}.`
  const wrongArgument = code === 'T0410' || code === 'T0411' || code === 'T0412'
  const called = typeof token === 'string' ? expressionFunction(token.replace(/^\$/, '')) : undefined
  return wrongArgument && called !== undefined ? `${sentence} It is used as \`${called.signature}\`.` : sentence
}

/** ` at \`+ 1\` (character 11)`, unless it is the beginning. */
function placeOf({ position, token }: JsonataError, source: string): string {
  if (position === undefined) return ''
  const start = startOf(position, token, source)
  if (start <= 0 || start >= source.length) return ''
  const rest = source.slice(start).replace(/\s+/g, ' ')
  return ` at \`${rest.length > 24 ? `${rest.slice(0, 23)}…` : rest}\` (character ${start + 1})`
}

/** JSONata counts to behind the token; to behind the parenthesis where the token is a function that is called. */
function startOf(position: number, token: unknown, source: string): number {
  if (typeof token !== 'string') return position - 1
  const before = source.slice(0, position)
  if (before.endsWith(token)) return position - token.length
  return before.endsWith(`$${token}(`) ? position - token.length - 2 : position - 1
}

/** The values of the names that an expression uses, shortened: `item.text = "Hello", params = {…}`. */
export function sawData(source: string, scope: ExpressionScope): string {
  const seen = new Map<string, Json | undefined>()
  for (const { name, field } of expressionReferences(source)) {
    const value = Object.hasOwn(scope, name) ? scope[name] : undefined
    if (field === null || !isJsonObject(value)) seen.set(name, value)
    else seen.set(`${name}.${field}`, Object.hasOwn(value, field) ? value[field] : undefined)
  }
  const room = Math.max(40, Math.floor(MOST_DATA / Math.max(1, seen.size)) - 20)
  const parts = [...seen].map(([name, value]) => `${name} = ${value === undefined ? 'nothing' : briefly(value, room)}`)
  const all = parts.join(', ')
  return all.length > MOST_DATA ? `${all.slice(0, MOST_DATA - 1)}…` : all
}
