import { assertNever } from '../assertNever.ts'
import { briefly } from '../expressions/briefly.ts'
import { isJsonObject, type Json } from '../json.ts'
import { type Difference, differences } from './differences.ts'
import type { FieldsRule, MatchRule } from './matchRule.ts'
import { textSimilarity } from './textSimilarity.ts'

/** How an output stands to what was expected. */
export interface Match {
  readonly passed: boolean
  /** 0 to 1. By text: the similarity; by fields: the mean of the fields; else 1 or 0. */
  readonly score: number
  /** Why it did not pass, a place each: `vendor: "ACME GmbH", expected "ACME"`. Empty where it did. */
  readonly reasons: readonly string[]
}

const RIGHT: Match = { passed: true, score: 1, reasons: [] }
const DEFAULT_SIMILARITY = 0.8
const MOST_REASONS = 5
const SHOWN_CHARACTERS = 80

/** Holds an output against what was expected. undefined: there is nothing. */
export function matchExpected(actual: Json | undefined, expected: Json | undefined, rule: MatchRule): Match {
  return match({ actual, expected, path: [] }, rule)
}

function match(pair: Difference, written: MatchRule): Match {
  const rule = inFull(written)
  switch (rule.by) {
    case 'ignore':
      return RIGHT
    case 'exact':
      return matchExactly(pair)
    case 'number':
      return matchNumber(
        pair,
        Math.max(rule.within ?? 0, ((rule.percent ?? 0) / 100) * Math.abs(numberOf(pair.expected))),
      )
    case 'text':
      return matchText(pair, rule.atLeast ?? DEFAULT_SIMILARITY)
    case 'fields':
      return matchFields(pair, rule)
    default:
      return assertNever(rule)
  }
}

type FullRule = Exclude<MatchRule, string>

function inFull(rule: MatchRule): FullRule {
  return typeof rule === 'string' ? ({ by: rule } satisfies FullRule) : rule
}

function matchExactly({ actual, expected, path }: Difference): Match {
  const found = differences(actual, expected, path)
  return found.length === 0 ? RIGHT : { passed: false, score: 0, reasons: fewOf(found.map((one) => inWords(one))) }
}

function matchNumber(pair: Difference, tolerance: number): Match {
  const away = Math.abs(numberOf(pair.actual) - numberOf(pair.expected))
  // A hair of slack: 0.3 is within 0.1 of 0.2 for people, and not for binary fractions.
  if (away <= tolerance * (1 + 1e-9) + 1e-12) return RIGHT
  return wrong(pair, tolerance === 0 ? '' : ` within ${shortNumber(tolerance)}`)
}

function matchText(pair: Difference, atLeast: number): Match {
  const { actual, expected } = pair
  if (typeof actual !== 'string' || typeof expected !== 'string') return matchExactly(pair)
  const score = textSimilarity(actual, expected)
  if (score >= atLeast) return { passed: true, score, reasons: [] }
  const how = ` (${percent(score)} similar, needs ${percent(atLeast)})`
  return { ...wrong(pair, how), score }
}

function matchFields({ actual, expected, path }: Difference, { fields, others }: FieldsRule): Match {
  if (!isJsonObject(actual) || !isJsonObject(expected)) return matchExactly({ actual, expected, path })
  const names = [...new Set([...Object.keys(expected), ...Object.keys(fields), ...Object.keys(actual)])]
  const matches = names.flatMap((name): readonly Match[] => {
    const rule = own(fields, name) ?? others ?? 'exact'
    if (inFull(rule).by === 'ignore') return []
    return [match({ actual: own(actual, name), expected: own(expected, name), path: [...path, name] }, rule)]
  })
  if (matches.length === 0) return RIGHT
  return {
    passed: matches.every(({ passed }) => passed),
    score: matches.reduce((sum, { score }) => sum + score, 0) / matches.length,
    reasons: fewOf(matches.flatMap(({ reasons }) => reasons)),
  }
}

/** A field may have the name of something that every object has, such as `valueOf`. */
function own<T>(fields: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function wrong(pair: Difference, how: string): Match {
  return { passed: false, score: 0, reasons: [inWords(pair, how)] }
}

function inWords({ actual, expected, path }: Difference, how = ''): string {
  const place = path.length === 0 ? '' : `${path.join('.')}: `
  if (expected === undefined) return `${place}${shown(actual)} is there, and nothing is expected`
  return `${place}${shown(actual)}, expected ${shown(expected)}${how}`
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'missing' : briefly(value, SHOWN_CHARACTERS)
}

function fewOf(reasons: readonly string[]): readonly string[] {
  if (reasons.length <= MOST_REASONS) return reasons
  return [...reasons.slice(0, MOST_REASONS), `and ${reasons.length - MOST_REASONS} more`]
}

/** Not a number where it is none: nothing is near it. */
function numberOf(value: Json | undefined): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`
}
