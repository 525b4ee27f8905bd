import { InvalidArgumentError } from 'commander'
import { MOST_ITEMS, MOST_REPEATS } from '../../shared/compare/limits.ts'

/** Readers of option values. They throw what commander turns into `option '…' argument '…' is invalid. WHY`. */

export function positiveInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It takes a whole number from 1 on.')
  return number
}

export function wholeNumber(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('It takes a whole number from 0 on.')
  return number
}

export function concurrency(text: string): number | 'unbounded' {
  if (text === 'unbounded') return text
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 on, or `unbounded`.')
  return number
}

export function usd(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('It takes an amount in US dollars above 0, such as 2.50.')
  return number
}

export function port(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('It takes a port from 0 to 65535; 0 means any free one.')
  return number
}

/** `NAME=VALUE`, gathered over the repetitions of its option. The last one of a name wins. */
export function assignment(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('It takes NAME=VALUE.')
  return new Map([...before, [text.slice(0, equals), text.slice(equals + 1)]])
}

/** `a,b,c` */
export function names(text: string): readonly string[] {
  const given = text.split(',').map((name) => name.trim())
  if (given.includes('')) throw new InvalidArgumentError('It takes names with commas between them: local,standard.')
  return given
}

export function sampleSize(text: string): number {
  return upTo(text, MOST_ITEMS)
}

export function repeats(text: string): number {
  return upTo(text, MOST_REPEATS)
}

function upTo(text: string, most: number): number {
  const number = positiveInteger(text)
  if (number > most) throw new InvalidArgumentError(`It takes a whole number from 1 to ${most}.`)
  return number
}
