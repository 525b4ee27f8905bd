import type { ScopeName } from './expressionScope.ts'

export interface NameCompletions {
  /** Offset from which the chosen name replaces what was typed. */
  readonly from: number
  readonly names: readonly ScopeName[]
  /** The names are functions, written with a `$`. */
  readonly areFunctions: boolean
}

/**
 * What may be written at an offset of a text that holds `{{ expressions }}`, or that is an expression as a whole (`bare`).
 * null: the place is outside an expression, or in the middle of something that is no name.
 */
export function completionsAt(
  text: string,
  offset: number,
  { scope, bare }: { scope: readonly ScopeName[]; bare: boolean },
): NameCompletions | null {
  const start = expressionStart(text, offset, bare)
  if (start === null) return null
  const typed = text.slice(start, offset)
  if (isInsideQuotes(typed)) return null
  const dollar = /\$\w*$/.exec(typed)
  if (dollar !== null) return { from: start + dollar.index, names: FUNCTIONS, areFunctions: true }
  const path = /(?:^|[^\w.`$])((?:(?:\w+|`[^`]*`)\s*\.\s*)*)(\w*|`[^`]*)$/.exec(typed)
  if (path === null) return null
  const [, parents = '', last = ''] = path
  const names = namesBelow(scope, stepsOf(parents))
  return names.length === 0 ? null : { from: offset - last.length, names, areFunctions: false }
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

function stepsOf(parents: string): readonly string[] {
  return parents
    .split('.')
    .map((step) => step.trim().replaceAll('`', ''))
    .filter((step) => step !== '')
}

function namesBelow(scope: readonly ScopeName[], steps: readonly string[]): readonly ScopeName[] {
  let names = scope
  for (const step of steps) names = names.find((each) => each.name === step)?.fields ?? []
  return names
}

/** The functions of JSONata that prompts use most. */
const FUNCTIONS: readonly ScopeName[] = (
  [
    ['$join', 'a list as one text: $join(list, ", ")'],
    ['$uppercase', 'in capitals'],
    ['$lowercase', 'in small letters'],
    ['$trim', 'without space around it'],
    ['$substring', 'a part: $substring(text, 0, 500)'],
    ['$split', 'a list of parts: $split(text, ",")'],
    ['$replace', 'with one part replaced by another'],
    ['$contains', 'whether a text holds another'],
    ['$length', 'number of characters'],
    ['$count', 'number of entries'],
    ['$sum', 'sum of a list of numbers'],
    ['$average', 'mean of a list of numbers'],
    ['$round', 'rounded: $round(number, 2)'],
    ['$number', 'a text as a number'],
    ['$string', 'anything as text'],
    ['$exists', 'whether there is a value'],
    ['$map', 'each entry through a function'],
    ['$filter', 'the entries that a function keeps'],
    ['$distinct', 'without doubles'],
    ['$sort', 'in order'],
    ['$keys', 'names of the fields'],
    ['$merge', 'several objects as one'],
    ['$now', 'the time, as text'],
  ] as const
).map(([name, about]) => ({ name, type: 'function', sample: null, about, fields: [] }))
