import { describe, expect, it } from 'vitest'
import type { Allowance } from '../../ports/backend.ts'
import { Rate } from './rate.ts'

const said = (more: Partial<Allowance>): Allowance => ({ perMinute: 600, remaining: null, resetMs: null, ...more })

function bound(perMinute: number): Rate {
  const rate = new Rate()
  rate.bind(perMinute, 0)
  return rate
}

function learned(allowance: Partial<Allowance>, inFlight = 0): Rate {
  const rate = new Rate()
  rate.learn(said(allowance), inFlight, 0)
  return rate
}

describe('a limit by the minute', () => {
  it('is none where nobody says so', () => {
    const rate = new Rate()
    rate.take(1_000_000, 0)
    expect(rate.waitMs(1_000_000, 0)).toBe(0)
    expect(rate.limit(0)).toBeNull()
  })
  it('gives a tenth of a minute’s worth at once, and what comes back after that', () => {
    const rate = bound(60)
    rate.take(6, 0)
    expect(rate.waitMs(1, 0)).toBe(1000)
    expect(rate.waitMs(1, 500)).toBe(500)
    expect(rate.waitMs(6, 60_000)).toBe(0)
  })
  it('lets more than that be taken when it is full, and then waits for all of it', () => {
    const rate = bound(60)
    expect(rate.waitMs(100, 0)).toBe(0)
    rate.take(26, 0)
    expect(rate.waitMs(0, 0)).toBe(20_000)
  })
  it('says how much of it is used', () => {
    const rate = bound(60)
    rate.take(3, 0)
    expect(rate.limit(0)).toEqual({ perMinute: 60, from: 'settings', used: 0.5 })
    rate.take(30, 0)
    expect(rate.limit(0)?.used).toBe(1)
  })
  it('takes over what settings say now, and what is owed', () => {
    const rate = bound(60)
    rate.take(16, 0)
    rate.bind(600, 0)
    expect(rate.waitMs(60, 0)).toBe(1000)
    rate.bind(null, 0)
    expect(rate.waitMs(60, 0)).toBe(0)
  })
  it('keeps what is left where settings say the same again', () => {
    const rate = bound(60)
    rate.take(6, 0)
    rate.bind(60, 0)
    expect(rate.waitMs(1, 0)).toBe(1000)
  })
})

describe('a limit that the provider tells of', () => {
  it('has left what the provider says, without what is in flight', () => {
    const rate = learned({ remaining: 100 }, 40)
    expect(rate.waitMs(60, 0)).toBe(0)
    expect(rate.waitMs(70, 0)).toBe(1000)
    expect(rate.limit(0)).toEqual({ perMinute: 600, from: 'headers', used: 0.9 })
  })
  it('follows what it says next, whatever was counted here', () => {
    const rate = learned({ remaining: 10 })
    rate.take(500, 0)
    rate.learn(said({ remaining: 300 }), 0, 0)
    expect(rate.waitMs(300, 0)).toBe(0)
  })
  it('is kept by our own count where it does not say what is left', () => {
    const rate = learned({})
    rate.take(60, 0)
    rate.learn(said({}), 0, 0)
    expect(rate.waitMs(1, 0)).toBe(100)
  })
  it('comes back evenly where nothing is left and all of it takes a minute', () => {
    expect(learned({ remaining: 0, resetMs: 60_000 }).waitMs(1, 0)).toBe(100)
  })
  it('comes back at once where nothing is left and all of it takes less', () => {
    const rate = learned({ remaining: 0, resetMs: 20_000 })
    expect(rate.waitMs(1, 0)).toBe(20_000)
    expect(rate.limit(0)?.used).toBe(1)
    expect(rate.waitMs(1, 20_000)).toBe(0)
  })
  it('holds calls where nothing is left and no more is known, but never for longer than a minute', () => {
    expect(learned({ perMinute: null, remaining: 0, resetMs: 5000 }).waitMs(1, 0)).toBe(5000)
    expect(learned({ perMinute: null, remaining: 0, resetMs: 86_400_000 }).waitMs(1, 0)).toBe(60_000)
    expect(learned({ perMinute: null, remaining: 3, resetMs: 5000 }).waitMs(1, 0)).toBe(0)
  })
  it('is not heard where settings say something, then and later', () => {
    const rate = bound(60)
    rate.learn(said({ remaining: 0, resetMs: 20_000 }), 0, 0)
    expect(rate.waitMs(6, 0)).toBe(0)
    const later = learned({ remaining: 0, resetMs: 20_000 })
    later.bind(60, 0)
    expect(later.waitMs(6, 0)).toBe(0)
  })
})
