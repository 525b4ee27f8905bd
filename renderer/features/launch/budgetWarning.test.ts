import { describe, expect, it } from 'vitest'
import { budgetWarning } from './budgetWarning.ts'

const day = (dayUsd: number | null, spentUsd = 0) => ({ dayUsd, runUsd: null, spentTodayMicros: spentUsd * 1_000_000 })
const dollars = (usd: number) => ({ costMicros: usd * 1_000_000 })

describe('what a launch says of its budgets', () => {
  it('is nothing where they are enough, where there are none, and where the price is not known', () => {
    expect(budgetWarning(dollars(4), null, day(20, 16))).toBeNull()
    expect(budgetWarning(dollars(4), 4, day(null))).toBeNull()
    expect(budgetWarning(dollars(4), null, null)).toBeNull()
    expect(budgetWarning({ costMicros: null }, 0.01, day(0.01))).toBeNull()
  })

  it('says what is left of the day', () => {
    expect(budgetWarning(dollars(4.5), null, day(20, 16))).toEqual({
      budget: 'day',
      text: "$4.00 of today's $20.00 is left: the run will pause on the way.",
    })
    expect(budgetWarning(dollars(1), null, day(20, 21))?.text).toContain("Nothing of today's $20.00 is left")
  })

  it('says the budget of the launch, else that of Settings, where it ends first', () => {
    expect(budgetWarning(dollars(4), 2, { ...day(20, 17), runUsd: 1 })?.text).toContain('The budget is $2.00')
    expect(budgetWarning(dollars(4), null, { ...day(20), runUsd: 1 })?.text).toContain('The budget is $1.00')
    expect(budgetWarning(dollars(4), 3, day(20, 18))?.budget).toBe('day')
  })
})
