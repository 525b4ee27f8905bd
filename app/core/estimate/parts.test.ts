import { describe, expect, it } from 'vitest'
import type { StageList } from '../plan.ts'
import { calibrated, calibration } from './calibrate.ts'
import { NO_CHANCE } from './draws.ts'
import { type BackendBounds, runDuration } from './duration.ts'
import { itemSizes } from './itemSizes.ts'
import { priceRates } from './priceRates.ts'

describe('sizes of items', () => {
  it('know what is at least so large', () => {
    const sizes = itemSizes([5, 1, 9, 5])
    expect([sizes.above(5), sizes.above(10), sizes.above(0)]).toEqual([
      { count: 3, total: 19 },
      { count: 0, total: 0 },
      { count: 4, total: 20 },
    ])
  })

  it('share all items out among those that are nearest in rank', () => {
    const sizes = itemSizes(Array.from({ length: 101 }, (_, index) => index))
    expect(sizes.shares([0, 50, 100])).toEqual([25.5, 50, 25.5])
    expect(itemSizes([7, 7, 7, 7]).shares([0, 3])).toEqual([2, 2])
  })
})

describe('rates of a price', () => {
  it('are not spoiled by rounding, and rise where the price does', () => {
    const low = priceRates(({ inputTokens, outputTokens }) => Math.round(inputTokens * 0.02 + outputTokens * 0.06), 300)
    expect(low?.input).toBeCloseTo(0.02, 4)
    expect(low?.output).toBeCloseTo(0.06, 4)
    const stepped = (usage: { inputTokens: number; outputTokens: number }) =>
      Math.round((usage.inputTokens > 200_000 ? 6 : 3) * usage.inputTokens + 15 * usage.outputTokens)
    expect([priceRates(stepped, 1000)?.input, priceRates(stepped, 300_000)?.input]).toEqual([3, 6])
  })

  it('are not known where the price is not', () => {
    expect(priceRates(() => null, 100)).toBeNull()
  })
})

describe('the time of a run', () => {
  const stage = { kind: 'model', when: null, onError: 'fail' }
  // The rest of a planned stage does not matter to its time.
  const list = {
    stages: [
      { ...stage, id: 'a', column: 0, dependsOn: [] },
      { ...stage, id: 'b', column: 1, dependsOn: [] },
      { ...stage, id: 'c', column: 2, dependsOn: [0, 1] },
    ],
  } as unknown as StageList
  const totals = new Map(
    [
      ['a', 100_000],
      ['b', 300_000],
      ['c', 200_000],
    ].map(([id, latencyMs]) => {
      const tokens = { inputTokens: 50_000, outputTokens: 10_000, cachedTokens: 0, cacheWriteTokens: 0 }
      return [String(id), { ...tokens, calls: 100, escalated: 0, latencyMs: Number(latencyMs) }]
    }),
  )
  const none = { name: 'x', concurrency: null, requestsPerMinute: null, tokensPerMinute: null }
  const time = (bounds: Partial<BackendBounds>, concurrency = 10) =>
    runDuration(
      {
        lists: [list],
        concurrency,
        items: 100,
        bounds: new Map(['a', 'b', 'c'].map((id) => [id, { ...none, ...bounds }])),
      },
      totals,
      NO_CHANCE,
    )

  it('follows the longest way through the stages, so many items at once', () => {
    expect(time({})).toBe(5000 * 10.5)
    expect(time({}, 1)).toBe(500_000)
  })

  it('is not less than what a backend lets through', () => {
    expect(time({ requestsPerMinute: 60 })).toBe(300_000)
    expect(time({ concurrency: 2 })).toBe(300_000)
    expect(time({ tokensPerMinute: 18_000 })).toBe(600_000)
  })
})

describe('earlier runs of a chain', () => {
  const band = { p10: 80, p50: 100, p90: 125 }

  it('change nothing where there are none', () => {
    expect(calibrated(band, calibration(band, []))).toEqual(band)
  })

  it('move the next estimate, the first one halfway', () => {
    const one = calibration(band, [{ estimated: 100, actual: 121 }])
    expect(one.factor).toBeCloseTo(1.1, 5)
    const many = calibration(
      band,
      Array.from({ length: 9 }, () => ({ estimated: 100, actual: 121 })),
    )
    expect(many.factor).toBeGreaterThan(1.18)
  })

  it('narrow it where they were met, and widen it where they were missed', () => {
    const met = calibration(
      band,
      Array.from({ length: 5 }, () => ({ estimated: 100, actual: 101 })),
    )
    expect(met.width).toBeLessThan(0.7)
    const missed = [150, 60, 170, 55].map((actual) => ({ estimated: 100, actual }))
    expect(calibration(band, missed).width).toBeGreaterThan(1.5)
  })
})
