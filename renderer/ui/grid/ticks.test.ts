import { describe, expect, it } from 'vitest'
import { roundStep, tickItems } from './ticks.ts'

describe('the ticks of the item axis', () => {
  it('numbers the first item and then the round ones, counted from 1', () => {
    expect(tickItems({ from: 0, to: 60 }, 20)).toEqual([0, 4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 59])
  })

  it('leaves a round number out that would touch the first', () => {
    expect(tickItems({ from: 98, to: 125 }, 20)).toEqual([98, 104, 109, 114, 119, 124])
  })

  it('has none where there are no items', () => {
    expect(tickItems({ from: 10, to: 10 }, 5)).toEqual([])
  })

  it('takes steps of 1, 2 and 5', () => {
    expect([0.3, 1, 1.1, 3, 6, 11, 21, 51, 15_200].map(roundStep)).toEqual([1, 1, 2, 5, 10, 20, 50, 100, 20_000])
  })
})
