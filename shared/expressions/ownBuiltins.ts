import type { Focus } from 'jsonata'
import type { Json } from '../json.ts'
import { ExpressionFault } from './expressionFault.ts'
import type { FunctionImplementation } from './functionImplementation.ts'
import { nextRandom, runStart } from './runContext.ts'

/** A text that one function call may make. */
const MOST_CHARACTERS = 10_000_000

/**
 * JSONata's own functions that must be otherwise here: the clock and the dice, which would make an item come out
 * differently each time; those that make a gigabyte of two arguments; and `$eval`.
 */
export const OWN_BUILTINS: readonly FunctionImplementation[] = [
  { name: 'millis', types: '<:n>', run: millis },
  { name: 'now', types: '<s?s?:s>', run: now },
  { name: 'random', types: '<:n>', run: random },
  { name: 'shuffle', types: '<a:a>', run: shuffle },
  { name: 'pad', types: '<s-ns?:s>', run: pad },
  { name: 'join', types: '<a<s>s?:s>', run: join },
  { name: 'length', types: '<s-:n>', run: length },
  { name: 'eval', types: '<sx?:x>', run: refuseEval },
]

function millis(this: Focus): number {
  return runStart(this)
}

/** With a picture, JSONata's own `$fromMillis` writes it. */
function now(this: Focus, picture: string | undefined, timezone: string | undefined): unknown {
  const at = runStart(this)
  if (picture === undefined) return new Date(at).toISOString()
  const fromMillis = this.environment.lookup('fromMillis') as { implementation: (...values: unknown[]) => unknown }
  return fromMillis.implementation.call(this, at, picture, timezone)
}

function random(this: Focus): number {
  return nextRandom(this)
}

function shuffle(this: Focus, list: readonly Json[] | undefined): readonly Json[] | undefined {
  if (list === undefined) return undefined
  const mixed = [...list]
  for (let index = mixed.length - 1; index > 0; index--) {
    const other = Math.floor(nextRandom(this) * (index + 1))
    const moved = mixed[index] as Json
    mixed[index] = mixed[other] as Json
    mixed[other] = moved
  }
  return mixed
}

function pad(text: string | undefined, width: number, written = ' '): string | undefined {
  if (text === undefined) return undefined
  const fill = written === '' ? ' ' : written
  const missing = Math.abs(Math.trunc(width)) - countCharacters(text)
  if (missing <= 0) return text
  checkLength(missing)
  const padding = [...fill.repeat(Math.ceil(missing / countCharacters(fill)))].slice(0, missing).join('')
  return width > 0 ? text + padding : padding + text
}

function join(texts: readonly string[] | undefined, separator = ''): string | undefined {
  if (texts === undefined) return undefined
  checkLength(texts.reduce((sum, text) => sum + text.length + separator.length, 0))
  return texts.join(separator)
}

/** JSONata's own makes a list of all characters to count them. */
function length(text: string | undefined): number | undefined {
  return text === undefined ? undefined : countCharacters(text)
}

function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

function checkLength(length: number): void {
  if (length > MOST_CHARACTERS)
    throw new ExpressionFault(`This would make a text of ${length} characters; ${MOST_CHARACTERS} is the most.`)
}

function refuseEval(): never {
  throw new ExpressionFault('`$eval` is not available: text is never run as an expression. `$parseJson` reads JSON.')
}
