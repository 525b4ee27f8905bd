import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgetParts } from './spend.ts'

const NONE = { budgetMicros: null, costMicros: 0, uncertainMicros: 0, reservedMicros: 0 }
const micros = fc.nat({ max: 5_000_000 })

describe('where the money of a budget is', () => {
  it('is told apart so that the parts make up the budget', () => {
    fc.assert(
      fc.property(fc.tuple(micros, micros, micros, micros), ([costMicros, uncertainMicros, reservedMicros, rest]) => {
        const budgetMicros = costMicros + uncertainMicros + reservedMicros + rest
        const parts = budgetParts({ budgetMicros, costMicros, uncertainMicros, reservedMicros })
        expect(parts && parts.spent + parts.uncertain + parts.reserved + parts.free).toBe(budgetMicros)
      }),
    )
  })

  it('is near its end from four fifths on, perhaps-billed calls counted', () => {
    const at = (costMicros: number, uncertainMicros = 0) =>
      budgetParts({ ...NONE, budgetMicros: 1_000_000, costMicros, uncertainMicros })?.isNearEnd
    expect(at(790_000)).toBe(false)
    expect(at(800_000)).toBe(true)
    expect(at(700_000, 100_000)).toBe(true)
  })

  it('is not asked of a run without one', () => {
    expect(budgetParts(NONE)).toBeNull()
  })
})
