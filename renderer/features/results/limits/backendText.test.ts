import { describe, expect, it } from 'vitest'
import type { BackendLoad } from '../../../../shared/limits.ts'
import { concurrencyFromText, inFlightText, rateFromText, rateText, waitingText } from './backendText.ts'

const LOAD: BackendLoad = {
  name: 'anthropic claude-sonnet-4-5',
  tiers: ['standard'],
  active: 4,
  waiting: 0,
  concurrency: 32,
  concurrencyFrom: 'learned',
  clamp: null,
  requestsPerMinute: null,
  tokensPerMinute: null,
  closedForMs: 0,
}

describe("a backend's load in words", () => {
  it('says how many calls are in flight, of how many, and by whom', () => {
    expect(inFlightText(LOAD)).toBe('4 of 32')
    expect(inFlightText({ ...LOAD, concurrency: null })).toBe('4')
    expect(concurrencyFromText(LOAD)).toBe('learned from its refusals')
    expect(concurrencyFromText({ ...LOAD, concurrencyFrom: 'person' })).toBe('set by you')
  })

  it('says what share of a rate is used, and who set it', () => {
    const rate = { perMinute: 400_000, from: 'headers', used: 0.812 } as const
    expect(rateText(rate)).toBe('81 % of 400,000 a minute')
    expect(rateFromText(rate)).toBe('said by the provider')
  })

  it('says who waits, and for how long the provider asked to', () => {
    expect(waitingText(LOAD)).toBe('')
    expect(waitingText({ ...LOAD, waiting: 1 })).toBe('1 call waits for its turn')
    expect(waitingText({ ...LOAD, waiting: 12, closedForMs: 11_200 })).toBe(
      'asked to wait 12 s · 12 calls wait for their turn',
    )
  })
})
