import { describe, expect, it } from 'vitest'
import { bandHeights, goodHeight, LEAST_BAND } from './bandHeights.ts'

const sum = (heights: readonly number[]): number => heights.reduce((sum, height) => sum + height, 0)

describe('the heights of the bands', () => {
  it('gives a lane that is content with little no more than that, and the rest to the others', () => {
    expect(bandHeights([900, 100], 400)).toEqual([300, 100])
    expect(bandHeights([100, 900, 900], 500)).toEqual([100, 200, 200])
  })

  it('shares evenly among lanes that all want more', () => {
    expect(bandHeights([5_000, 900], 400)).toEqual([200, 200])
  })

  it('spreads what nobody needs, and never takes more than there is', () => {
    expect(bandHeights([100, 100], 400)).toEqual([200, 200])
    expect(sum(bandHeights([117, 33, 901], 400))).toBeLessThanOrEqual(400)
  })

  it('leaves no lane without any height, however low the window', () => {
    expect(bandHeights([900, 900, 900], 90)).toEqual([LEAST_BAND, LEAST_BAND, LEAST_BAND])
  })

  it('knows that more items and more stages want more height', () => {
    expect(goodHeight({ items: 6, stages: 1 }, 1000)).toBeLessThan(goodHeight({ items: 60, stages: 1 }, 1000))
    expect(goodHeight({ items: 6, stages: 1 }, 1000)).toBeLessThan(goodHeight({ items: 6, stages: 3 }, 1000))
    expect(goodHeight({ items: 0, stages: 0 }, 0)).toBeGreaterThan(0)
  })
})
