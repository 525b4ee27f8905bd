import type { ExpressionFunction } from '../../../../shared/expressionFunctions.ts'
import type { Json } from '../../../../shared/json.ts'
import type { ScopeName } from './scopeName.ts'

const LINE = 60
const MOST = 400

/** A value on one line, for the list. */
export function sampleLine(value: Json): string {
  return cut(textOf(value).trim().replace(/\s+/g, ' '), LINE)
}

/** What is known of a name, beside the list: its type, what it is, and a real value. */
export function nameInfo({ type, about, value }: ScopeName): HTMLElement {
  const said = [type, about].filter((part) => part !== null).join(' · ')
  return panel(said, value === undefined ? null : cut(textOf(value), MOST))
}

/** How a function is used, what it gives, and an example of both. */
export function functionInfo({ signature, about, example, gives }: ExpressionFunction): HTMLElement {
  return panel(about, `${signature}\n\n${example}\n→ ${JSON.stringify(gives)}`)
}

function panel(said: string, code: string | null): HTMLElement {
  const info = document.createElement('div')
  info.append(said)
  if (code === null) return info
  const block = document.createElement('pre')
  block.textContent = code
  info.append(block)
  return info
}

function textOf(value: Json): string {
  // Of a whole document in an item, no more is looked at than is shown.
  if (typeof value === 'string') return value.slice(0, MOST * 2)
  return JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'string' ? entry.slice(0, MOST) : entry), 2)
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
