import { describe, expect, it } from 'vitest'
import { createTariff } from '../../backends/prices.ts'
import type { CompletionRequest, ImageData } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'
import { mostMicros } from './mostMicros.ts'

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
    address: 'm',
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
    expect(mostMicros(request('é'.repeat(100)), plain)).toBe(200 + 128 + 2 * 100)
  })
  it('has room for a provider that takes more for keeping what it was sent', () => {
    expect(mostMicros(request('a'.repeat(72)), priced({ input: 1, output: 2, cacheWrite: 1.25 }))).toBe(250 + 200)
  })
  it('has room for images', () => {
    const [without, with2] = [mostMicros(request('a'), plain), mostMicros(request('a', [image, image]), plain)]
    expect((with2 ?? 0) - (without ?? 0)).toBeGreaterThanOrEqual(2 * 3000)
  })
  it('takes an answer without a limit for as long as the limit that such a call is sent', () => {
    expect(mostMicros({ ...request('a'), maxTokens: null }, plain)).toBe(1 + 128 + 2 * 8192)
  })
})
