import jsonata from 'jsonata'
import { regexProblem } from './linearRegex.ts'

/** The regular expressions of an expression that cannot be used here, with their offsets. The source must be readable. */
export function regexProblems(source: string): readonly { readonly message: string; readonly offset: number }[] {
  const found: { message: string; offset: number }[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry)
    else if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
      const { type, value: pattern } = value as { readonly type?: unknown; readonly value?: unknown }
      const message = type === 'regex' && pattern instanceof RegExp ? regexProblem(pattern) : null
      if (message !== null)
        found.push({ message, offset: Math.max(0, source.indexOf(`/${(pattern as RegExp).source}/`)) })
      for (const child of Object.values(value)) visit(child)
    }
  }
  if (source.includes('/')) visit(jsonata(source).ast())
  return found
}
