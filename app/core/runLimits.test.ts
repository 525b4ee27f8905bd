import { describe, expect, it } from 'vitest'
import { type HeldBackend, runLimits, type SpeedFacts } from './runLimits.ts'

function aBackend(more: Partial<HeldBackend> = {}): HeldBackend {
  return {
    name: 'anthropic https://api.anthropic.com m',
    tiers: ['standard'],
    active: 3,
    waiting: 0,
    concurrency: null,
    concurrencyFrom: 'none',
    clamp: null,
    requestsPerMinute: null,
    tokensPerMinute: null,
    closedForMs: 0,
    heldBy: null,
    ...more,
  }
}

function limitsOf(more: Partial<SpeedFacts>) {
  const { kind, text } = runLimits({
    backends: [aBackend()],
    active: 8,
    atOnce: 8,
    waiting: 100,
    isCanaryRunning: false,
    waitingForBudget: 0,
    isDiskBehind: false,
    ...more,
  })
  return [kind, text]
}

describe('what limits a run', () => {
  it('is how many items there may be at once, where nothing behind them is full', () => {
    expect(limitsOf({})).toEqual(['items', '8 items at once'])
    expect(limitsOf({ active: 1, atOnce: 1 })).toEqual(['items', '1 item at once'])
  })
  it('is a backend that lets calls wait, with who says so', () => {
    const full = { heldBy: 'concurrency', waiting: 5 } as const
    const textWith = (more: Partial<HeldBackend>) => limitsOf({ backends: [aBackend({ ...full, ...more })] })
    expect(textWith({ concurrency: 2, concurrencyFrom: 'settings' })).toEqual([
      'concurrency',
      'standard: 2 calls at once, by jacquard.yaml',
    ])
    expect(textWith({ concurrency: 32, concurrencyFrom: 'learned' })[1]).toBe(
      'standard: 32 calls at once, learned from its refusals',
    )
    expect(textWith({ concurrency: 1, concurrencyFrom: 'person' })[1]).toBe('standard: 1 call at once, set by you')
  })
  it('is a limit by the minute, with how much of it is used', () => {
    const tokensPerMinute = { perMinute: 400_000, from: 'settings', used: 0.97 } as const
    expect(limitsOf({ backends: [aBackend({ heldBy: 'tokens', tokensPerMinute })] })).toEqual([
      'tokens',
      'standard: 400,000 tokens a minute, 97 % used',
    ])
    const requestsPerMinute = { perMinute: 50, from: 'headers', used: 1 } as const
    expect(limitsOf({ backends: [aBackend({ heldBy: 'requests', requestsPerMinute })] })).toEqual([
      'requests',
      'standard: 50 requests a minute, 100 % used',
    ])
  })
  it('is the provider’s word that nothing is left, where no more is known', () => {
    expect(limitsOf({ backends: [aBackend({ heldBy: 'requests' })] })[1]).toBe(
      'standard: no requests left, says the provider',
    )
  })
  it('is the time for which a backend is left alone', () => {
    const backends = [aBackend({ heldBy: 'closed', closedForMs: 12_000 })]
    expect(limitsOf({ backends })).toEqual(['closed', 'standard: asked to wait 12 s'])
  })
  it('is the backend for which most calls wait, by the names of its tiers', () => {
    const few = aBackend({ heldBy: 'concurrency', waiting: 2, concurrency: 2, tiers: ['local'] })
    const many = aBackend({ heldBy: 'closed', waiting: 9, closedForMs: 3000, tiers: ['standard', 'frontier'] })
    expect(limitsOf({ backends: [few, many] })[1]).toBe('standard, frontier: asked to wait 3.0 s')
    const { backends } = runLimits({
      backends: [few, many],
      active: 8,
      atOnce: 8,
      waiting: 100,
      isCanaryRunning: false,
      waitingForBudget: 0,
      isDiskBehind: false,
    })
    expect(backends.map(({ tiers }) => tiers)).toEqual([['local'], ['standard', 'frontier']])
    expect(backends[0]).not.toHaveProperty('heldBy')
  })
  it('is money that is set aside, before all else', () => {
    const backends = [aBackend({ heldBy: 'concurrency', concurrency: 2 })]
    expect(limitsOf({ waitingForBudget: 3, backends })[0]).toBe('budget')
  })
  it('is the disk, then the canary, before the number of items', () => {
    expect(limitsOf({ isDiskBehind: true, isCanaryRunning: true })[0]).toBe('disk')
    expect(limitsOf({ isCanaryRunning: true })[0]).toBe('canary')
  })
  it('is the tail where no item waits and none will come', () => {
    expect(limitsOf({ waiting: 0 })[0]).toBe('tail')
    expect(limitsOf({ waiting: 0, active: 3 })[0]).toBe('tail')
  })
  it('is the source where items come slower than they are done', () => {
    expect(limitsOf({ waiting: 0, active: 3, isSourceOpen: true })[0]).toBe('source')
    expect(limitsOf({ waiting: 0, active: 0, isSourceOpen: true })[0]).toBe('source')
    expect(limitsOf({ active: 0 })[0]).toBe('source')
    expect(limitsOf({ waiting: 0, active: 8, isSourceOpen: true })[0]).toBe('items')
  })
  it('is nothing but the answers’ own time otherwise', () => {
    expect(limitsOf({ active: 500, atOnce: 'unbounded' })[0]).toBe('calls')
    expect(limitsOf({ active: 5 })[0]).toBe('calls')
  })
})
