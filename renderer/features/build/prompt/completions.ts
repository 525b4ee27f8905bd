import { EXPRESSION_FUNCTIONS, type ExpressionFunction } from '../../../../shared/expressionFunctions.ts'
import type { ScopeName } from './scopeName.ts'
import { stepInto, stepsOf } from './stepInto.ts'

/** What may be written; `from`: the offset from which the chosen name replaces what was typed. */
export type Completions =
  | { readonly kind: 'names'; readonly from: number; readonly names: readonly ScopeName[] }
  | { readonly kind: 'functions'; readonly from: number; readonly functions: readonly ExpressionFunction[] }

/**
 * What may be written at an offset of a text that holds `{{ expressions }}`, or that is an expression as a whole (`bare`).
 * null: the place is outside an expression, or in the middle of something that is no name.
 */
export function completionsAt(
  text: string,
  offset: number,
  { scope, bare }: { scope: readonly ScopeName[]; bare: boolean },
): Completions | null {
  const start = expressionStart(text, offset, bare)
  if (start === null) return null
  const typed = text.slice(start, offset)
  if (isInsideQuotes(typed)) return null
  const dollar = /\$\w*$/.exec(typed)
  if (dollar !== null) return { kind: 'functions', from: start + dollar.index, functions: EXPRESSION_FUNCTIONS }
  const path = /(?:^|[^\w.`$\]])((?:(?:\w+|`[^`]*`)(?:\[[^\]]*\])*\s*\.\s*)*)(\w*|`[^`]*)$/.exec(typed)
  if (path === null) return null
  const [, parents = '', last = ''] = path
  const names = namesBelow(scope, stepsOf(parents))
  return names.length === 0 ? null : { kind: 'names', from: offset - last.length, names }
}

/** How a name is written in an expression. */
export function writtenName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``
}

/** Offset of the expression that `offset` stands in; null: in none. */
function expressionStart(text: string, offset: number, bare: boolean): number | null {
  const open = text.lastIndexOf('{{', offset - 1)
  const close = text.lastIndexOf('}}', offset - 1)
  if (open >= 0 && open + 2 <= offset && close < open) return open + 2
  return bare && !text.includes('{{') ? 0 : null
}

function isInsideQuotes(typed: string): boolean {
  let quote: string | null = null
  for (const character of typed) {
    if (quote === null && (character === '"' || character === "'")) quote = character
    else if (character === quote) quote = null
  }
  return quote !== null
}

function namesBelow(scope: readonly ScopeName[], steps: readonly string[]): readonly ScopeName[] {
  const [root, ...others] = steps
  if (root === undefined) return scope
  let known: ScopeName | null = scope.find(({ name }) => name === root) ?? null
  for (const step of others) known = known === null ? null : stepInto(known, step)
  return known?.fields ?? []
}
