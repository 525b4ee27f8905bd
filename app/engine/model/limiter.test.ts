import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../testing/fakeClock.ts'
import { type CallEnd, Limiter, type Permit } from './limiter.ts'

const UNBOUNDED = { concurrency: null, requestsPerMinute: null, tokensPerMinute: null }
const answered = (tokens: number): CallEnd => ({ tokens, outcome: 'answered', retryAfterMs: null, limits: null })
const NEVER = new AbortController().signal

/** Asks for permits and notes when each was granted. */
function ask(limiter: Limiter, clock: FakeClock, count: number): { granted: number[]; permits: Permit[] } {
  const granted: number[] = []
  const permits: Permit[] = []
  for (let call = 0; call < count; call++)
    void limiter.acquire(NEVER, 0).then((permit) => {
      if (permit === null) return
      granted.push(clock.elapsed())
      permits.push(permit)
    })
  return { granted, permits }
}

describe('a limiter', () => {
  it('keeps at most its number of calls open, and starts the next as one ends', async () => {
    const clock = new FakeClock()
    const { permits } = ask(new Limiter({ ...UNBOUNDED, concurrency: 2 }, clock), clock, 5)
    await clock.advance(0)
    expect(permits.length).toBe(2)
    permits[0]?.release(answered(0))
    await clock.advance(0)
    expect(permits.length).toBe(3)
  })
  it('spreads calls to its requests a minute after a tenth of a minute’s worth', async () => {
    const clock = new FakeClock()
    const { granted } = ask(new Limiter({ ...UNBOUNDED, requestsPerMinute: 60 }, clock), clock, 9)
    await clock.advance(3000)
    expect(granted).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000, 3000])
  })
  it('waits while its tokens a minute are overdrawn', async () => {
    const clock = new FakeClock()
    const limiter = new Limiter({ ...UNBOUNDED, tokensPerMinute: 6000 }, clock)
    const first = await limiter.acquire(NEVER, 0)
    first?.release(answered(1600))
    const { granted } = ask(limiter, clock, 1)
    await clock.advance(20_000)
    // 600 were there, 1,000 are owed, 100 come back a second.
    expect(granted).toEqual([10_000])
  })
  it('starts nothing while the provider has asked for quiet', async () => {
    const clock = new FakeClock()
    const limiter = new Limiter(UNBOUNDED, clock)
    limiter.closeFor(5000)
    const { granted } = ask(limiter, clock, 2)
    await clock.advance(6000)
    expect(granted).toEqual([5000, 5000])
  })
  it('gives up for a caller whose signal aborts, and serves those behind it', async () => {
    const clock = new FakeClock()
    const limiter = new Limiter({ ...UNBOUNDED, concurrency: 1 }, clock)
    const first = await limiter.acquire(NEVER, 0)
    const abort = new AbortController()
    const second = limiter.acquire(abort.signal, 0)
    const third = limiter.acquire(NEVER, 0)
    abort.abort()
    expect(await second).toBeNull()
    first?.release(answered(0))
    expect(await third).not.toBeNull()
  })
})
