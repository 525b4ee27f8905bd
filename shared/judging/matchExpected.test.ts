import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { matchExpected } from './matchExpected.ts'
import { type MatchRule, matchRule } from './matchRule.ts'
import { textSimilarity } from './textSimilarity.ts'

const EXACT: MatchRule = { by: 'exact' }
const anyJson = fc.jsonValue() as fc.Arbitrary<Json>

describe('exact', () => {
  it('takes any value for itself, in whatever order its keys stand', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(matchExpected(reordered(value), value, EXACT)).toEqual({ passed: true, score: 1, reasons: [] })
      }),
    )
  })
  it('says where and what', () => {
    const actual = { vendor: 'ACME GmbH', lines: [1, 2], extra: true }
    const expected = { vendor: 'ACME', lines: [1, 3, 4], date: null }
    expect(matchExpected(actual, expected, EXACT).reasons).toEqual([
      'vendor: "ACME GmbH", expected "ACME"',
      'lines.2: 2, expected 3',
      'lines.3: missing, expected 4',
      'date: missing, expected null',
      'extra: true is there, and nothing is expected',
    ])
  })
  it('names five places at the most', () => {
    const { reasons } = matchExpected([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 0], EXACT)
    expect(reasons).toHaveLength(6)
    expect(reasons.at(-1)).toBe('and 2 more')
  })
})

describe('number', () => {
  it.each([
    [0.3, 0.2, { by: 'number', within: 0.1 }, true],
    [0.31, 0.2, { by: 'number', within: 0.1 }, false],
    ['12.5', 12.5, { by: 'number' }, true],
    [101, 100, { by: 'number', percent: 1 }, true],
    [-101, -100, { by: 'number', percent: 1 }, true],
    [102, 100, { by: 'number', percent: 1 }, false],
    ['', 0, { by: 'number' }, false],
    [null, 0, { by: 'number', within: 5 }, false],
    ['many', 'many', { by: 'number', within: 5 }, false],
  ] as const)('%j for %j by %j is right: %s', (...told) => {
    const [actual, expected, rule, passed] = told
    expect(matchExpected(actual, expected, rule).passed).toBe(passed)
  })
  it('says how near it had to be', () => {
    const match = matchExpected(
      { total: 120 },
      { total: 100 },
      { by: 'fields', fields: { total: { by: 'number', percent: 5 } } },
    )
    expect(match.reasons).toEqual(['total: 120, expected 100 within 5'])
  })
})

describe('text', () => {
  it('is a similarity from 0 to 1 that is the same from both sides', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const score = textSimilarity(a, b)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(textSimilarity(b, a)).toBe(score)
        expect(textSimilarity(a, a)).toBe(1)
      }),
    )
  })
  it('does not mind white space', () => {
    expect(matchExpected('Dear  Sir,\n thanks', 'Dear Sir, thanks', { by: 'text', atLeast: 1 }).passed).toBe(true)
  })
  it('says how similar it is', () => {
    expect(matchExpected('kitten', 'sitting', { by: 'text' })).toEqual({
      passed: false,
      score: 1 - 3 / 7,
      reasons: ['"kitten", expected "sitting" (57 % similar, needs 80 %)'],
    })
  })
})

describe('by field', () => {
  const rule: MatchRule = {
    by: 'fields',
    fields: { total: { by: 'number', within: 0.01 }, note: { by: 'ignore' }, vendor: { by: 'text', atLeast: 0.5 } },
  }
  it('gives each field its own rule, the others exact', () => {
    const expected = { vendor: 'ACME', total: 10, date: '2026-01-01' }
    expect(matchExpected({ vendor: 'ACME', total: 10.01, date: '2026-01-01', note: 'x' }, expected, rule)).toEqual({
      passed: true,
      score: 1,
      reasons: [],
    })
    expect(matchExpected({ vendor: 'ACME', total: 10, date: '2026-01-02' }, expected, rule)).toEqual({
      passed: false,
      score: 2 / 3,
      reasons: ['date: "2026-01-02", expected "2026-01-01"'],
    })
  })
  it('may leave the others out', () => {
    expect(
      matchExpected({ a: 1, b: 2 }, { a: 1 }, { by: 'fields', fields: { a: EXACT }, others: 'ignore' }).passed,
    ).toBe(true)
  })
  it('is wrong of what is no object', () => {
    expect(matchExpected('text', { a: 1 }, rule).reasons).toEqual(['"text", expected {"a": 1}'])
  })
})

it('has a score of 1 where it is exactly right, by whatever rule without numbers', () => {
  const rules = fc.constantFrom<MatchRule>(EXACT, { by: 'text' }, { by: 'fields', fields: {} }, { by: 'ignore' })
  fc.assert(
    fc.property(anyJson, rules, (value, rule) => {
      expect(matchExpected(value, value, rule).score).toBe(1)
    }),
  )
})

it('is written short where a rule has no keys of its own', () => {
  const rule: MatchRule = { by: 'fields', fields: { a: 'text', b: 'ignore' } }
  expect(matchRule.parse(rule)).toEqual(rule)
  expect(matchExpected({ a: 'x  y', b: 1 }, { a: 'x y', b: 2 }, rule).passed).toBe(true)
})

function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reordered(entry)]),
  )
}
