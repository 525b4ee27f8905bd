import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'

const NEVER = new AbortController().signal

describe('a budget', () => {
  it('refuses what could overshoot it when nothing is in flight', async () => {
    const budget = new Budget(100, 40)
    expect(await budget.reserve(61, NEVER)).toBeNull()
    expect(await budget.reserve(60, NEVER)).not.toBeNull()
  })
  it('waits for calls in flight that may cost less than was set aside', async () => {
    const budget = new Budget(100, 0)
    const first = await budget.reserve(80, NEVER)
    const second = budget.reserve(50, NEVER)
    first?.settle(10)
    expect(await second).not.toBeNull()
  })
  it('refuses a call that waited in vain', async () => {
    const budget = new Budget(100, 0)
    const first = await budget.reserve(80, NEVER)
    const second = budget.reserve(50, NEVER)
    first?.settle(80)
    expect(await second).toBeNull()
  })
  it('lets a waiting call go when the run pauses', async () => {
    const budget = new Budget(100, 0)
    await budget.reserve(80, NEVER)
    const pause = new AbortController()
    const second = budget.reserve(50, pause.signal)
    pause.abort()
    expect(await second).toBeNull()
  })
})
