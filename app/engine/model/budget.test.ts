import { describe, expect, it } from 'vitest'
import { createTariff } from '../../backends/prices.ts'
import type { CompletionRequest, ImageData } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'
import { Budget, mostMicros } from './budget.ts'

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

describe('the most that a call can cost', () => {
  const image: ImageData = { name: 'a.png', mediaType: 'image/png', base64: '' }
  const request = (text: string, images: readonly ImageData[] = []): CompletionRequest => ({
    model: 'm',
    instructions: null,
    keepInstructions: true,
    messages: [{ role: 'user', text, images }],
    schema: null,
    maxTokens: 100,
    parameters: {},
  })
  const priced = (price: { input: number; output: number; cacheWrite?: number }): TierModel => ({
    tier: 't',
    backend: { complete: () => Promise.reject(new Error('It is not called.')) },
    limiterName: 'm',
    model: 'm',
    simulated: false,
    concurrency: null,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxTokens: null,
    contextTokens: null,
    costMicros: createTariff({ backend: 'anthropic', model: 'm', price }).costMicros,
  })
  const plain = priced({ input: 1, output: 2 })

  it('takes every byte for a token and every answer for as long as it may be', () => {
    expect(mostMicros(request('é'.repeat(100)), plain, 1)).toBe(200 + 128 + 2 * 100)
  })
  it('has room for a provider that takes more for keeping what it was sent', () => {
    expect(mostMicros(request('a'.repeat(72)), priced({ input: 1, output: 2, cacheWrite: 1.25 }), 1)).toBe(250 + 200)
  })
  it('has room for images', () => {
    const [without, with2] = [mostMicros(request('a'), plain, 1), mostMicros(request('a', [image, image]), plain, 1)]
    expect((with2 ?? 0) - (without ?? 0)).toBeGreaterThanOrEqual(2 * 3000)
  })
  it('reckons with more where it has many answers and nobody says how long they may be', () => {
    const open = { ...request('a'), maxTokens: null }
    const [one, many] = [mostMicros(open, plain, 1), mostMicros(open, plain, 25)]
    expect((many ?? 0) - (one ?? 0)).toBe(3 * 4096 * 2)
  })
})
