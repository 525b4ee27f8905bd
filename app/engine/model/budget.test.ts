import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../testing/fakeClock.ts'
import { Budget, type Reservation, type Reserved } from './budget.ts'
import { DayBudget } from './dayBudget.ts'

const NEVER = new AbortController().signal

function granted(reserved: Reserved): Reservation {
  if ('refusedBy' in reserved) throw new Error(`Refused by ${reserved.refusedBy}.`)
  return reserved
}

describe('a budget', () => {
  it('refuses what could overshoot it when nothing is in flight', async () => {
    const budget = new Budget(100, 40)
    expect(await budget.reserve(61, NEVER)).toEqual({ refusedBy: 'run' })
    granted(await budget.reserve(60, NEVER))
    expect(budget.reservedMicros).toBe(60)
  })
  it('waits for calls in flight that may cost less than was set aside', async () => {
    const budget = new Budget(100, 0)
    const first = granted(await budget.reserve(80, NEVER))
    const second = budget.reserve(50, NEVER)
    expect(budget.waiting).toBe(1)
    first.settle(10)
    granted(await second)
    expect(budget.waiting).toBe(0)
  })
  it('refuses a call that waited in vain', async () => {
    const budget = new Budget(100, 0)
    const first = granted(await budget.reserve(80, NEVER))
    const second = budget.reserve(50, NEVER)
    first.settle(80)
    expect(await second).toEqual({ refusedBy: 'run' })
  })
  it('lets a waiting call go when the run pauses', async () => {
    const budget = new Budget(100, 0)
    await budget.reserve(80, NEVER)
    const pause = new AbortController()
    const second = budget.reserve(50, pause.signal)
    pause.abort()
    expect(await second).toEqual({ refusedBy: 'stopped' })
  })
})

describe("a day's budget", () => {
  const aDay = (spent: number, limit: number) => {
    const clock = new FakeClock()
    let spentThen = spent
    const day = new DayBudget({ clock, store: { spentSince: () => spentThen }, limitMicros: () => limit })
    return { clock, day, spend: (micros: number) => (spentThen = micros) }
  }

  it('holds all runs together', async () => {
    const { day } = aDay(20, 100)
    const [one, two] = [new Budget(null, 0, day), new Budget(1000, 0, day)]
    const first = granted(await one.reserve(50, NEVER))
    const second = two.reserve(40, NEVER)
    first.settle(10)
    granted(await second).settle(40)
    expect(day.spentMicros()).toBe(70)
    expect(await one.reserve(31, NEVER)).toEqual({ refusedBy: 'day' })
  })
  it('takes what others have spent with it where a run begins, and loses nothing that is not on disk yet', async () => {
    const { day, spend } = aDay(0, 100)
    day.refresh()
    granted(await new Budget(null, 0, day).reserve(30, NEVER)).settle(30)
    day.refresh()
    expect(day.spentMicros()).toBe(30)
    spend(70)
    day.refresh()
    expect(day.spentMicros()).toBe(70)
  })
  it('begins anew at midnight, with what has been spent since', async () => {
    const { clock, day, spend } = aDay(100, 100)
    const budget = new Budget(null, 0, day)
    expect(await budget.reserve(1, NEVER)).toEqual({ refusedBy: 'day' })
    spend(0)
    await clock.advance(24 * 60 * 60 * 1000)
    granted(await budget.reserve(100, NEVER))
  })
})
