import fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { beforeAll, describe, expect, it } from 'vitest'
import { graphemeEnds } from '../../shared/expressions/graphemes.ts'
import { countTokens, estimateTokens, loadTokenizer, tokenUnits } from './tokens.ts'

const PROSE = `The quick brown fox doesn't jump over 12,345 lazy dogs; it reads "the news" instead.

  Müller said: “That’s 3.50 €!”\r\nЭто предложение на русском языке.\n\n1. One\n2. Two\n`
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('👩‍👩‍👧', '🇩🇪', 'e\u0301', '\r\n', '字', ' word', '<|endoftext|>'),
    ),
  )
  .map((parts) => parts.join(''))

beforeAll(loadTokenizer)

describe('counting', () => {
  it('gives what the tokenizer gives for the whole text', () => {
    const long = PROSE.repeat(40)
    expect(countTokens(long)).toBe(encode(long).length)
    expect(countTokens('')).toBe(0)
  })
  it('takes the name of a special token as text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1)
  })
  it('of a very long text comes close from samples', () => {
    const long = `${PROSE.repeat(3000)}${'data '.repeat(200_000)}`
    const exact = encode(long).length
    expect(Math.abs(countTokens(long) / exact - 1)).toBeLessThan(0.03)
  })
  it('of one run without an end takes no time that grows with its square', () => {
    const tokens = countTokens('abcdefghij'.repeat(50_000))
    expect(tokens).toBeGreaterThan(100_000)
  })
})

it('an estimate of prose is within a fifth of the count', () => {
  const text = PROSE.repeat(20)
  expect(Math.abs(estimateTokens(text) / countTokens(text) - 1)).toBeLessThan(0.2)
  expect(estimateTokens('')).toBe(0)
})

describe('units', () => {
  it('weigh together what the text counts, end where it ends, and never inside a visible character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ends, weights } = tokenUnits(text)
        expect(ends.at(-1) ?? 0).toBe(text.length)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(countTokens(text))
        const graphemes = new Set(graphemeEnds(text))
        expect([...ends].filter((end, index) => !graphemes.has(end) || end <= (ends[index - 1] ?? 0))).toEqual([])
      }),
    )
  })
  it('of plain words are the tokens themselves', () => {
    const { ends, weights } = tokenUnits('The quick brown fox')
    expect([[...ends], [...weights]]).toEqual([
      [3, 9, 15, 19],
      [1, 1, 1, 1],
    ])
  })
})
