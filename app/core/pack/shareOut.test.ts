import { describe, expect, it } from 'vitest'
import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import { largestRemainder, shareOut } from './shareOut.ts'

describe('a whole number in whole parts', () => {
  it('adds up, the largest remainders first', () => {
    expect(largestRemainder(10, [1, 1, 1])).toEqual([4, 3, 3])
    expect(largestRemainder(7, [3, 2, 2])).toEqual([3, 2, 2])
    expect(largestRemainder(5, [1, 10, 1])).toEqual([1, 4, 0])
  })
  it('is shared evenly where nothing has a weight', () => {
    expect(largestRemainder(5, [0, 0, 0])).toEqual([2, 2, 1])
  })
  it('adds up for any numbers', () => {
    let seed = 1
    const next = (bound: number) => {
      seed = (seed * 48271) % 2147483647
      return seed % bound
    }
    for (let round = 0; round < 500; round++) {
      const total = next(2_000_000_000)
      const weights = Array.from({ length: 1 + next(200) }, () => next(40_000_000))
      const parts = largestRemainder(total, weights)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
      expect(parts.every((part) => part >= 0)).toBe(true)
    }
  })
})

describe('a call shared out', () => {
  const usage = { inputTokens: 1003, outputTokens: 77, cachedTokens: 301, cacheWriteTokens: 50 }
  const billed = { usage, costMicros: 4321, inputMicros: 3000, fixedTokens: 400 }
  const weights = [
    { input: 10, output: 100 },
    { input: 300, output: 0 },
    { input: 45, output: 33 },
  ]
  it('adds up to what was billed', () => {
    const shares = shareOut(billed, weights)
    expect(shares.reduce((sum, share) => addUsage(sum, share.usage ?? NO_USAGE), NO_USAGE)).toEqual(usage)
    expect(shares.reduce((sum, share) => sum + (share.costMicros ?? 0), 0)).toBe(4321)
  })
  it('gives no item less input than what of it came from the cache', () => {
    for (const { usage: own } of shareOut(billed, weights))
      expect(own?.inputTokens).toBeGreaterThanOrEqual((own?.cachedTokens ?? 0) + (own?.cacheWriteTokens ?? 0))
  })
  it('has the longer item pay more of the input, and only answered ones pay for output', () => {
    const [short, long] = shareOut(billed, weights)
    expect(long?.usage?.inputTokens).toBeGreaterThan(short?.usage?.inputTokens ?? 0)
    expect(long?.usage?.outputTokens).toBe(0)
  })
  it('is unknown for each where it is unknown for the call', () => {
    expect(shareOut({ ...billed, usage: null, costMicros: null }, weights)).toEqual(
      weights.map(() => ({ usage: null, costMicros: null })),
    )
  })
})
