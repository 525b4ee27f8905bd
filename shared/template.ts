import jsonata from 'jsonata'
import { regexProblems } from './expressions/regexProblems.ts'
import { unknownFunctions } from './unknownFunctions.ts'

/** A string of the chain that may hold `{{ expressions }}`, cut into its parts. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'expression'
      /** The JSONata source, trimmed. */
      readonly source: string
      /** Offsets of `{{` and past `}}` in the whole string. */
      readonly start: number
      readonly end: number
    }

export interface Template {
  readonly parts: readonly TemplatePart[]
  /** The whole string is one `{{ }}`: it yields the value itself instead of text. */
  readonly exact: boolean
}

/** An expression that cannot be read, with its offset in the string it stands in. */
export interface TemplateProblem {
  readonly message: string
  readonly offset: number
}

/**
 * Cuts a string into text and expressions. Every problem is reported; an expression that cannot be read becomes text, one
 * that calls what is not there stays one.
 */
export function parseTemplate(text: string): { template: Template; problems: readonly TemplateProblem[] } {
  const parts: TemplatePart[] = []
  const problems: TemplateProblem[] = []
  let position = 0
  for (;;) {
    const start = text.indexOf('{{', position)
    if (start < 0) break
    const found = findExpression(text, start)
    if (start > position) parts.push({ kind: 'text', text: text.slice(position, start) })
    if (found.problem !== null) {
      problems.push(found.problem)
      parts.push({ kind: 'text', text: text.slice(start, found.end) })
    } else {
      parts.push({ kind: 'expression', source: found.source, start, end: found.end })
      const offset = text.indexOf(found.source, start + 2)
      for (const problem of callProblems(found.source))
        problems.push({ message: problem.message, offset: offset + problem.offset })
    }
    position = found.end
  }
  if (position < text.length) parts.push({ kind: 'text', text: text.slice(position) })
  const expressions = parts.filter((part) => part.kind === 'expression')
  const exact = expressions.length === 1 && parts.every((part) => part.kind === 'expression' || part.text.trim() === '')
  return { template: { parts, exact: exact && text.trim().startsWith('{{') && text.trim().endsWith('}}') }, problems }
}

type Found = { source: string; end: number; problem: null } | { source: null; end: number; problem: TemplateProblem }

/** `}}` may also stand inside an expression (`{"a": {"b": 1}}`): the first one that leaves a readable whole ends it. */
function findExpression(text: string, start: number): Found {
  let firstError: TemplateProblem | null = null
  let firstEnd = text.length
  for (let close = text.indexOf('}}', start + 2); close >= 0; close = text.indexOf('}}', close + 1)) {
    const source = text.slice(start + 2, close)
    const error = syntaxError(source)
    if (error === null) return { source: source.trim(), end: close + 2, problem: null }
    if (firstError === null) {
      firstError = { message: error.message, offset: start + 2 + error.offset }
      firstEnd = close + 2
    }
    // Past the next `{{` the text belongs to another expression.
    const next = text.indexOf('{{', start + 2)
    if (next >= 0 && next < close) break
  }
  const problem = firstError ?? { message: 'This `{{` has no `}}`.', offset: start }
  return { source: null, end: firstEnd, problem }
}

/** What is wrong with an expression by itself: it cannot be read, or calls what is not there. null: nothing. */
export function expressionError(source: string): TemplateProblem | null {
  return syntaxError(source) ?? callProblems(source)[0] ?? null
}

/** null: the expression can be read. */
export function syntaxError(source: string): TemplateProblem | null {
  if (source.trim() === '') return { message: 'There is nothing between `{{` and `}}`.', offset: 0 }
  try {
    jsonata(source)
    return null
  } catch (error) {
    if (!isJsonataError(error)) throw error
    return { message: error.message, offset: Math.max(0, (error.position ?? 1) - 1) }
  }
}

function callProblems(source: string): readonly TemplateProblem[] {
  return [...unknownFunctions(source), ...regexProblems(source)]
}

export interface JsonataError {
  readonly code: string
  readonly message: string
  /** 1-based offset behind the place in the expression. */
  readonly position?: number
  /** What stands at the place: an operator, a function's name. */
  readonly token?: unknown
}

/** JSONata throws plain objects with a code such as `S0201`; anything else is a bug and must not be swallowed. */
export function isJsonataError(error: unknown): error is JsonataError {
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error
}

/** Calls `visit` for every string in a value that holds expressions, with its path. */
export function visitStrings(
  value: unknown,
  path: readonly (string | number)[],
  visit: (text: string, path: readonly (string | number)[]) => void,
): void {
  if (typeof value === 'string') visit(value, path)
  else if (Array.isArray(value))
    value.forEach((entry, index) => {
      visitStrings(entry, [...path, index], visit)
    })
  else if (typeof value === 'object' && value !== null)
    for (const [key, entry] of Object.entries(value)) visitStrings(entry, [...path, key], visit)
}
