import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NO_USAGE } from '../../../shared/usage.ts'
import { estimateWorld, observedStages, sampleBySize, trueMicros } from '../../testing/estimateWorlds.ts'
import { estimateMix } from './estimateMix.ts'
import { itemSizes } from './itemSizes.ts'

function estimated(seed: number, { count = 400, sampled = 10 } = {}) {
  const world = estimateWorld(seed, count)
  const items = sampleBySize(world.sizes, sampled)
  const sizes = itemSizes(world.sizes)
  const bands = estimateMix({ stages: observedStages(world, items), sizes, items, seed, durationMs: () => 1 })
  const cost = bands.costMicros
  if (cost === null) throw new Error('Every price of a world is known.')
  return { world, bands, cost, truth: trueMicros(world) }
}

describe('estimates of worlds whose true cost is known', () => {
  it('hold it in their band in 70 to 95 of 100, and their middle is near it', () => {
    const all = Array.from({ length: 50 }, (_, seed) => estimated(seed))
    const inside = all.filter(({ cost, truth }) => cost.p10 <= truth && truth <= cost.p90).length / all.length
    expect(inside).toBeGreaterThanOrEqual(0.7)
    expect(inside).toBeLessThanOrEqual(0.95)
    const missed = all.map(({ cost, truth }) => Math.abs(cost.p50 / truth - 1)).sort((a, b) => a - b)
    expect(missed[25]).toBeLessThan(0.06)
  })

  it('are the same for the same seed', () => {
    expect(estimated(3).bands).toEqual(estimated(3).bands)
  })

  it('are exact where every item was sampled', () => {
    for (const seed of [0, 4, 6, 8]) {
      const { cost, truth } = estimated(seed, { count: 12, sampled: 12 })
      for (const value of [cost.p10, cost.p50, cost.p90]) expect(Math.abs(value / truth - 1)).toBeLessThan(0.005)
    }
  })

  it('narrow with the sample', () => {
    const width = (sampled: number) => {
      const all = [2, 3, 5, 6, 12, 13, 16].map((seed) => estimated(seed, { sampled }).cost)
      return all.reduce((sum, { p10, p50, p90 }) => sum + (p90 - p10) / p50, 0)
    }
    expect(width(40)).toBeLessThan(width(10) * 0.7)
  })

  it('are in order and never below nothing, whatever was seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 2, max: 60 }),
        (seed, sampled, count) => {
          const { bands, cost } = estimated(seed, { count, sampled })
          for (const { p10, p50, p90 } of [cost, bands.inputTokens, bands.outputTokens]) {
            expect(p10).toBeGreaterThanOrEqual(0)
            expect(p50).toBeGreaterThanOrEqual(p10)
            expect(p90).toBeGreaterThanOrEqual(p50)
          }
        },
      ),
      { numRuns: 15 },
    )
  })
})

describe('an estimate', () => {
  const world = estimateWorld(0, 100)
  const items = sampleBySize(world.sizes, 8)
  const [stage] = observedStages(world, items)
  if (stage === undefined) throw new Error('A world has a stage.')
  const about = (changes: Partial<typeof stage>) =>
    estimateMix({
      stages: [{ ...stage, ...changes }],
      sizes: itemSizes(world.sizes),
      items,
      seed: 1,
      durationMs: () => 1,
    })

  it('has no cost where a price is not known, but tokens', () => {
    const { costMicros, inputTokens } = about({ costMicros: () => null })
    expect(costMicros).toBeNull()
    expect(inputTokens.p50).toBeGreaterThan(1000)
  })

  it('is wide without any observation, and holds the truth', () => {
    const { costMicros } = about({ observed: new Map() })
    const truth = trueMicros(world)
    expect(costMicros?.p10).toBeLessThan(truth)
    expect((costMicros?.p90 ?? 0) / (costMicros?.p10 ?? 1)).toBeGreaterThan(2)
  })

  it('counts what all calls have in common once a pack', () => {
    const fixed = stage.fixedTokens
    const alone = about({}).inputTokens.p50
    const packed = about({ pack: 10 }).inputTokens.p50
    expect(alone - packed).toBeGreaterThan(fixed * 90 - 100 * 20 - 10 * 120 - alone * 0.02)
  })

  it('has cached tokens at their price', () => {
    const cached = new Map(
      [...stage.observed].map(([index, one]) => {
        return [index, { ...one, usage: { ...one.usage, cachedTokens: Math.floor(one.usage.inputTokens / 2) } }]
      }),
    )
    const costMicros = ({ inputTokens, cachedTokens, outputTokens }: typeof NO_USAGE) =>
      Math.round((inputTokens - cachedTokens) * 4 + cachedTokens * 0.4 + outputTokens * 8)
    const [plain, withCache] = [about({ costMicros }), about({ costMicros, observed: cached })]
    expect(withCache.costMicros?.p50).toBeLessThan((plain.costMicros?.p50 ?? 0) * 0.75)
    expect(withCache.inputTokens.p50).toBeCloseTo(plain.inputTokens.p50, 3)
  })
})
