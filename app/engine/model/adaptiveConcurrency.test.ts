import { describe, expect, it } from 'vitest'
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts'

/** As many answers as make the limit grow once or more, with so many calls in flight. */
function answer(adaptive: AdaptiveConcurrency, count: number, inFlight: number): void {
  for (let call = 0; call < count; call++) adaptive.answered({ number: 0, inFlight }, null)
}

/** Refused when so many were in flight: once for all of them. */
function refusedAmong(inFlight: number): AdaptiveConcurrency {
  const adaptive = new AdaptiveConcurrency()
  for (let number = 0; number < inFlight; number++) adaptive.refused({ number, inFlight }, inFlight)
  return adaptive
}

describe('learned concurrency', () => {
  it('has no limit until something is refused', () => {
    const adaptive = new AdaptiveConcurrency()
    answer(adaptive, 1000, 64)
    expect(adaptive.limit).toBeNull()
  })
  it('is half of what was in flight, once for all calls that had begun by then', () => {
    expect(refusedAmong(64).limit).toBe(32)
  })
  it('is halved again where calls that began later are all refused too, and never less than one', () => {
    const adaptive = refusedAmong(64)
    const limits = Array.from({ length: 8 }, (_, round) => {
      adaptive.refused({ number: 64 + round, inFlight: adaptive.limit ?? 0 }, 65 + round)
      return adaptive.limit
    })
    expect(limits).toEqual([18, 10, 5, 3, 1, 1, 1, 1])
  })
  it('hardly goes down for a refusal among many answers', () => {
    const adaptive = refusedAmong(64)
    answer(adaptive, 100, 32)
    const before = adaptive.limit ?? 0
    adaptive.refused({ number: 200, inFlight: before }, 264)
    expect(adaptive.limit).toBeGreaterThan(0.9 * before)
  })
  it('grows by about one for each round of as many answers', () => {
    const adaptive = refusedAmong(8)
    answer(adaptive, 5, 4)
    expect(adaptive.limit).toBe(5)
    answer(adaptive, 6, 5)
    expect(adaptive.limit).toBe(6)
  })
  it('goes on growing while it binds, and is forgotten when it does not and nothing is refused any more', () => {
    const adaptive = refusedAmong(8)
    for (let call = 0; call < 1000; call++) answer(adaptive, 1, adaptive.limit ?? 0)
    expect(adaptive.limit).toBeGreaterThan(40)
    answer(adaptive, 200, 8)
    expect(adaptive.limit).toBeNull()
  })
  it('stays at about twice of what is in flight while calls are refused now and then', () => {
    const adaptive = refusedAmong(8)
    let number = 8
    for (let round = 0; round < 200; round++) {
      answer(adaptive, 9, 4)
      adaptive.refused({ number, inFlight: 4 }, ++number)
    }
    expect([7, 8]).toContain(adaptive.limit)
  })
  it('is forgotten when it reaches what settings say', () => {
    const adaptive = refusedAmong(8)
    for (let call = 0; call < 60; call++) adaptive.answered({ number: 0, inFlight: adaptive.limit ?? 0 }, 8)
    expect(adaptive.limit).toBeNull()
  })
})
