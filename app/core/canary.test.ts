import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canarySize, chooseCanary } from './canary.ts'

describe('the size of a canary', () => {
  const size = (items: number, concurrency: number | 'unbounded', asked?: number) =>
    canarySize({ asked, items, concurrency })

  it('is twelve where waiting for it costs a fiftieth of the run at the most', () => {
    expect([size(400, 8), size(399, 8), size(50, 1), size(49, 1)]).toEqual([12, 0, 12, 0])
    expect([size(50, 'unbounded'), size(49, 'unbounded')]).toEqual([12, 0])
  })

  it('is what the launch says, unless it would be all items', () => {
    expect([size(400, 8, 0), size(400, 8, 30), size(20, 8, 5)]).toEqual([0, 30, 5])
    expect([size(20, 8, 20), size(20, 8, 21)]).toEqual([0, 0])
  })
})

describe('the items of a canary', () => {
  const sized = (...bytes: (number | null)[]) => bytes.map((size, index) => ({ index, bytes: size }))

  it('are the smallest, the largest, and those between at even steps of size', () => {
    expect(chooseCanary(sized(50, 10, 90, 30, 70), 3)).toEqual([0, 1, 2])
    expect(chooseCanary(sized(...Array.from({ length: 101 }, (_, index) => 1000 - index)), 5)).toEqual([
      0, 25, 50, 75, 100,
    ])
    expect(chooseCanary(sized(5, 1, 9), 1)).toEqual([1])
  })

  it('are spread evenly where a size is not known', () => {
    expect(chooseCanary(sized(...Array.from({ length: 12 }, () => null)), 4)).toEqual([0, 4, 7, 11])
    expect(chooseCanary(sized(9, null, 1), 2)).toEqual([0, 2])
  })

  it('are distinct, ascending and the same each time, with the extremes of size among them', () => {
    const entries = fc.uniqueArray(fc.record({ index: fc.nat({ max: 10_000 }), bytes: fc.nat({ max: 1000 }) }), {
      selector: ({ index }) => index,
      maxLength: 80,
    })
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 20 }), (entries, count) => {
        const chosen = chooseCanary(entries, count)
        expect(chosen.length).toBe(Math.min(count, entries.length))
        expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b))
        expect(chosen).toEqual(chooseCanary(entries, count))
        const bytes = entries.filter(({ index }) => chosen.includes(index)).map((entry) => entry.bytes)
        const all = entries.map((entry) => entry.bytes)
        if (chosen.length > 1)
          expect([Math.min(...bytes), Math.max(...bytes)]).toEqual([Math.min(...all), Math.max(...all)])
      }),
    )
  })
})
