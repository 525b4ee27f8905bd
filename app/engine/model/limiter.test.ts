import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../testing/fakeClock.ts'
import { type CallEnd, Limiter, type LimiterBounds, Limiters, NOTHING_LEARNED, type Permit } from './limiter.ts'

const UNBOUNDED = { concurrency: null, requestsPerMinute: null, tokensPerMinute: null }
const NEVER = new AbortController().signal
const ANSWERED: CallEnd = { ...NOTHING_LEARNED, outcome: 'answered' }
const REFUSED: CallEnd = { ...NOTHING_LEARNED, outcome: 'refused' }

function aLimiter(bounds: Partial<LimiterBounds> = {}): { limiter: Limiter; clock: FakeClock } {
  const clock = new FakeClock()
  return { limiter: new Limiter('standard', { ...UNBOUNDED, ...bounds }, clock), clock }
}

/** Asks for permits of so many tokens each, and notes when each was granted. */
function ask({ limiter, clock }: ReturnType<typeof aLimiter>, count: number, tokens = 0) {
  const granted: number[] = []
  const permits: Permit[] = []
  for (let call = 0; call < count; call++)
    void limiter.acquire(NEVER, tokens).then((permit) => {
      if (permit === null) return
      granted.push(clock.elapsed())
      permits.push(permit)
    })
  return { granted, permits }
}

describe('a limiter', () => {
  it('keeps at most its number of calls open, and starts the next as one ends', async () => {
    const it = aLimiter({ concurrency: 2 })
    const { permits } = ask(it, 5)
    await it.clock.advance(0)
    expect(permits.length).toBe(2)
    permits[0]?.release(ANSWERED)
    await it.clock.advance(0)
    expect(permits.length).toBe(3)
  })
  it('spreads calls to its requests a minute after a tenth of a minute’s worth', async () => {
    const it = aLimiter({ requestsPerMinute: 60 })
    const { granted } = ask(it, 9)
    await it.clock.advance(3000)
    expect(granted).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000, 3000])
  })
  it('sets the tokens of a call aside at once, so that many together do not overshoot', async () => {
    const it = aLimiter({ tokensPerMinute: 60_000 })
    const { granted } = ask(it, 64, 2000)
    await it.clock.advance(4000)
    expect(granted).toEqual([0, 0, 0, 2000, 4000])
  })
  it('counts what a call did use when it ends', async () => {
    const it = aLimiter({ tokensPerMinute: 6000 })
    const first = await it.limiter.acquire(NEVER, 600)
    const { granted } = ask(it, 2, 300)
    first?.release({ ...ANSWERED, tokens: 200 })
    await it.clock.advance(2000)
    // 600 were there and 200 used: the others find 400, and 100 come back a second.
    expect(granted).toEqual([0, 2000])
  })
  it('waits while its tokens a minute are overdrawn', async () => {
    const it = aLimiter({ tokensPerMinute: 6000 })
    const first = await it.limiter.acquire(NEVER, 0)
    first?.release({ ...ANSWERED, tokens: 1600 })
    const { granted } = ask(it, 1)
    await it.clock.advance(20_000)
    // 600 were there, 1,000 are owed, 100 come back a second.
    expect(granted).toEqual([10_000])
  })
  it('starts nothing while the provider has asked for quiet, whichever call it said it to', async () => {
    const it = aLimiter()
    const first = await it.limiter.acquire(NEVER, 0)
    const second = await it.limiter.acquire(NEVER, 0)
    it.limiter.closeFor(3000)
    first?.release({ ...REFUSED, retryAfterMs: 5000 })
    second?.release({ ...REFUSED, retryAfterMs: 1000 })
    const { granted } = ask(it, 2)
    await it.clock.advance(6000)
    expect(granted[0]).toBe(5000)
  })
  it('gives up for a caller whose signal aborts, and serves those behind it', async () => {
    const { limiter } = aLimiter({ concurrency: 1 })
    const first = await limiter.acquire(NEVER, 0)
    const abort = new AbortController()
    const second = limiter.acquire(abort.signal, 0)
    const third = limiter.acquire(NEVER, 0)
    abort.abort()
    expect(await second).toBeNull()
    first?.release(ANSWERED)
    expect(await third).not.toBeNull()
  })
  it('does not let those behind wait for as long as one who gave up would have had to', async () => {
    const it = aLimiter({ tokensPerMinute: 6000 })
    await it.limiter.acquire(NEVER, 500)
    const abort = new AbortController()
    void it.limiter.acquire(abort.signal, 600)
    const { granted } = ask(it, 1, 100)
    await it.clock.advance(1000)
    abort.abort()
    await it.clock.advance(0)
    expect(granted).toEqual([1000])
  })
  it('takes over what settings say now, for those who wait too', async () => {
    const clock = new FakeClock()
    const limiters = new Limiters(clock)
    const limiter = limiters.get('standard', { ...UNBOUNDED, concurrency: 1 })
    const { permits } = ask({ limiter, clock }, 4)
    expect(limiters.get('standard', { ...UNBOUNDED, concurrency: 3 })).toBe(limiter)
    await clock.advance(0)
    expect(permits.length).toBe(3)
    expect(limiters.byName('standard')).toBe(limiter)
    expect(limiters.byName('frontier')).toBeUndefined()
  })
})

describe('a limiter that a person has clamped', () => {
  it('lets so many calls be in flight, whatever else says so', async () => {
    const it = aLimiter({ concurrency: 2 })
    const { permits } = ask(it, 6)
    it.limiter.clamp(4)
    await it.clock.advance(0)
    expect(permits.length).toBe(4)
    for (const permit of permits.splice(0)) permit.release(REFUSED)
    await it.clock.advance(100)
    expect(it.limiter.load()).toMatchObject({ concurrency: 4, concurrencyFrom: 'person', clamp: 4 })
  })
  it('is as it was when the person lets go', async () => {
    const it = aLimiter({ concurrency: 2 })
    it.limiter.clamp(1)
    const { permits } = ask(it, 6)
    it.limiter.clamp(null)
    await it.clock.advance(0)
    expect(permits.length).toBe(2)
    expect(it.limiter.load()).toMatchObject({ concurrency: 2, concurrencyFrom: 'settings', clamp: null })
  })
})

describe('what a limiter learns from refusals', () => {
  it('is to have half as many calls in flight, also where settings allow more', async () => {
    const it = aLimiter({ concurrency: 10 })
    const { permits } = ask(it, 10)
    await it.clock.advance(0)
    for (const permit of permits) permit.release(REFUSED)
    expect(it.limiter.load()).toMatchObject({ concurrency: 5, concurrencyFrom: 'learned' })
  })
  it('is to wait a little before the next call, where it was not one refusal alone', async () => {
    const it = aLimiter()
    const { permits } = ask(it, 2)
    await it.clock.advance(0)
    permits[0]?.release(REFUSED)
    expect(it.limiter.load().closedForMs).toBe(0)
    permits[1]?.release(REFUSED)
    expect(it.limiter.load().closedForMs).toBe(100)
  })
  it('is nothing from calls that failed for another reason', async () => {
    const it = aLimiter()
    const { permits } = ask(it, 8)
    await it.clock.advance(0)
    for (const permit of permits) permit.release(NOTHING_LEARNED)
    expect(it.limiter.load()).toMatchObject({ concurrency: null, concurrencyFrom: 'none', closedForMs: 0 })
  })
})

interface Simulated {
  readonly calls: number
  readonly atOnce: number
  readonly latencyMs: number
  /** `open`: calls in flight, this one included. */
  refuses(open: number): boolean
}

/** Calls that are made until each is answered; how long that takes and how many were refused. */
async function simulate({ calls, atOnce, latencyMs, refuses }: Simulated): Promise<{ ms: number; refused: number }> {
  const { limiter, clock } = aLimiter()
  let left = calls
  let open = 0
  let refused = 0
  const caller = async () => {
    while (left > 0) {
      left--
      for (;;) {
        const permit = await limiter.acquire(NEVER, 0)
        open++
        const isRefused = refuses(open)
        await clock.sleep(isRefused ? 1 : latencyMs, NEVER)
        open--
        permit?.release(isRefused ? REFUSED : ANSWERED)
        if (!isRefused) break
        refused++
      }
    }
  }
  let isDone = false
  const all = Promise.all(Array.from({ length: atOnce }, caller)).then(() => {
    isDone = true
  })
  while (!isDone) await clock.advance(latencyMs)
  await all
  return { ms: clock.elapsed(), refused }
}

/** The same numbers between 0 and 1 each time. */
function dice(): () => number {
  let state = 1
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

describe('500 calls of 20 ms, of which a tenth is refused by chance and without a word', () => {
  it.each([8, 64])('end in three seconds, %i at once', async (atOnce) => {
    const roll = dice()
    const { ms } = await simulate({ calls: 500, atOnce, latencyMs: 20, refuses: () => roll() < 0.1 })
    // 8 at once need 1.4 s where nobody slows down.
    expect(ms).toBeLessThan(3000)
  })
})

describe('a backend that takes a few calls at once and refuses the others', () => {
  it.each([1, 4, 16])('is kept as busy as it can be: %i', async (most) => {
    const { ms, refused } = await simulate({
      calls: 300,
      atOnce: 64,
      latencyMs: 1000,
      refuses: (open) => open > most,
    })
    expect(ms).toBeLessThan((1.15 * 300_000) / most)
    expect(refused).toBeLessThan(500)
  })
})

describe('what a limiter learns from what the provider says', () => {
  const says = (requests: number, tokens: number): CallEnd => ({
    ...ANSWERED,
    limits: {
      requests: { perMinute: 60, remaining: requests, resetMs: 60_000 },
      tokens: { perMinute: 60_000, remaining: tokens, resetMs: 60_000 },
    },
  })
  it('is how many requests may still be made', async () => {
    const it = aLimiter()
    const first = await it.limiter.acquire(NEVER, 0)
    first?.release(says(2, 60_000))
    const { granted } = ask(it, 4)
    await it.clock.advance(2000)
    expect(granted).toEqual([0, 0, 1000, 2000])
  })
  it('is how many tokens may still be used, without those of calls in flight', async () => {
    const it = aLimiter()
    const first = await it.limiter.acquire(NEVER, 1000)
    await it.limiter.acquire(NEVER, 1000)
    first?.release(says(60, 3000))
    const { granted } = ask(it, 4, 1000)
    await it.clock.advance(2000)
    expect(granted).toEqual([0, 0, 1000, 2000])
    expect(it.limiter.load().tokensPerMinute).toEqual({ perMinute: 60_000, from: 'headers', used: 1 })
  })
  it('is nothing where settings say it', async () => {
    const it = aLimiter({ requestsPerMinute: 600, tokensPerMinute: 600_000 })
    const first = await it.limiter.acquire(NEVER, 0)
    first?.release(says(0, 0))
    const { granted } = ask(it, 4, 1000)
    await it.clock.advance(0)
    expect(granted).toEqual([0, 0, 0, 0])
  })
})

describe('what is shown of a limiter', () => {
  it('is what is in use of its bounds', async () => {
    const it = aLimiter({ concurrency: 2, requestsPerMinute: 60, tokensPerMinute: 60_000 })
    ask(it, 5, 3000)
    await it.clock.advance(0)
    expect(it.limiter.load()).toEqual({
      name: 'standard',
      active: 2,
      waiting: 3,
      concurrency: 2,
      concurrencyFrom: 'settings',
      clamp: null,
      requestsPerMinute: { perMinute: 60, from: 'settings', used: expect.closeTo(2 / 6) },
      tokensPerMinute: { perMinute: 60_000, from: 'settings', used: 1 },
      closedForMs: 0,
    })
  })
  it('is what the first in line waits for', async () => {
    const free = aLimiter()
    ask(free, 3)
    expect(free.limiter.waitsFor()).toBeNull()
    const busy = aLimiter({ concurrency: 1 })
    ask(busy, 2)
    expect(busy.limiter.waitsFor()).toBe('concurrency')
    const counted = aLimiter({ requestsPerMinute: 10 })
    ask(counted, 2)
    expect(counted.limiter.waitsFor()).toBe('requests')
    const weighed = aLimiter({ tokensPerMinute: 10 })
    ask(weighed, 2, 5)
    expect(weighed.limiter.waitsFor()).toBe('tokens')
    weighed.limiter.closeFor(1000)
    expect(weighed.limiter.waitsFor()).toBe('closed')
  })
})
