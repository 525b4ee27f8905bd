import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import type { TierBinding } from '../../shared/tier.ts'
import { NO_USAGE, type Usage } from '../../shared/usage.ts'
import { contextTokensOf, createTariff, loadPriceLists, PRICE_LISTS_VERSION, priceOrigin } from './prices.ts'

await loadPriceLists()

const usage = (inputTokens: number, outputTokens: number, cache: Partial<Usage> = {}): Usage => ({
  ...NO_USAGE,
  inputTokens,
  outputTokens,
  ...cache,
})

describe('the cost of a call', () => {
  it("is counted in whole millionths of a dollar from the tier's own price", () => {
    const tariff = createTariff({ backend: 'openai-compatible', model: 'm', price: { input: 0.1, output: 0.4 } })
    expect(tariff.costMicros(usage(1000, 500))).toBe(300)
    expect(tariff.known()).toEqual({ input: 0.1, output: 0.4 })
  })

  it('is rounded once, not part by part', () => {
    const tariff = createTariff({ backend: 'ollama', model: 'm', price: { input: 0.1, output: 0.1, cached: 0.1 } })
    // Three parts of 0.4 make 1.2; rounded apart they would make 0.
    expect(tariff.costMicros(usage(8, 4, { cachedTokens: 4 }))).toBe(1)
  })

  it('does not drift as sums of binary fractions do', () => {
    const tariff = createTariff({ backend: 'openai-compatible', model: 'm', price: { input: 1.005, output: 0 } })
    // 100 · 1.005 is 100.49999999999999 in binary.
    expect(tariff.costMicros(usage(100, 0))).toBe(101)
  })

  it('takes the cached price for cached tokens, and the input price where there is none', () => {
    const price = { input: 10, output: 0 }
    const with1 = createTariff({ backend: 'openai', model: 'm', price: { ...price, cached: 1 } })
    const without = createTariff({ backend: 'openai', model: 'm', price })
    expect([with1, without].map((tariff) => tariff.costMicros(usage(100, 0, { cachedTokens: 40 })))).toEqual([
      640, 1000,
    ])
  })

  it('takes the write price for tokens that the provider stores, and the input price where there is none', () => {
    const price = { input: 10, output: 0, cached: 1 }
    const with1 = createTariff({ backend: 'openai', model: 'm', price: { ...price, cacheWrite: 12.5 } })
    const without = createTariff({ backend: 'openai', model: 'm', price })
    const spent = usage(100, 0, { cachedTokens: 40, cacheWriteTokens: 20 })
    expect([with1, without].map((tariff) => tariff.costMicros(spent))).toEqual([400 + 40 + 250, 400 + 40 + 200])
  })

  it.each([
    // 1,000 plain at $2, 2,000 read at $0.20, 4,000 written at $2.50, 500 out at $10 for a million.
    ['anthropic', 'claude-sonnet-5', 2_000 + 400 + 10_000 + 5_000],
    // Reading the cache of this one costs a twentieth: $4, $0.20, $5, $20.
    ['anthropic', 'claude-opus-5-5', 4_000 + 400 + 20_000 + 10_000],
    ['openai', 'gpt-6-sol', 2_000 + 400 + 10_000 + 5_000],
    // Stores without a price of its own: $1.75, $0.175, $1.75, $14.
    ['openai', 'gpt-5.2', 1_750 + 350 + 7_000 + 7_000],
  ] as const)(
    'counts what %s %s reads from and writes to its cache at the published prices',
    (backend, model, micros) => {
      const spent = usage(7_000, 500, { cachedTokens: 2_000, cacheWriteTokens: 4_000 })
      expect(createTariff({ backend, model }).costMicros(spent)).toBe(micros)
    },
  )

  it('is never below that of the answer, whatever a server counts', () => {
    const tariff = createTariff({ backend: 'openai-compatible', model: 'm', price: { input: 1, output: 1, cached: 0 } })
    expect(tariff.costMicros(usage(10, 5, { cachedTokens: 40 }))).toBe(5)
  })

  it('follows the published price lists, below and above their bounds on the length of the prompt', () => {
    const models = [
      ['anthropic', 'claude-sonnet-5'],
      ['anthropic', 'claude-opus-5-5'],
      ['anthropic', 'claude-sonnet-4-5'],
      ['openai', 'gpt-6-sol'],
      ['openai', 'gpt-5.2'],
    ] as const
    for (const [backend, model] of models) {
      const tariff = createTariff({ backend, model })
      for (const inputTokens of [1, 999, 199_999, 200_000, 200_001, 272_000, 272_001, 500_000]) {
        const third = Math.floor(inputTokens / 3)
        // Where writing has no price of its own, the lists know no such tokens.
        const cacheWriteTokens = createTariff({ backend, model }).known()?.cacheWrite === undefined ? 0 : third
        const spent = usage(inputTokens, 1234, { cachedTokens: third, cacheWriteTokens })
        const published = calcPrice(
          {
            input_tokens: inputTokens,
            output_tokens: 1234,
            cache_read_tokens: third,
            cache_write_tokens: cacheWriteTokens,
          },
          model,
          { providerId: backend },
        )
        const micros = (published?.total_price ?? 0) * 1e6
        expect(Math.abs((tariff.costMicros(spent) ?? -1) - micros)).toBeLessThan(0.51)
      }
    }
  })

  it('is nothing on a local server', () => {
    expect(createTariff({ backend: 'ollama', model: 'llama3.2:3b' }).costMicros(usage(1000, 500))).toBe(0)
    expect(createTariff({ backend: 'lm-studio', model: 'qwen' }).costMicros(NO_USAGE)).toBe(0)
  })

  it('is unknown, never 0, where no price is known', () => {
    const unknown = [
      createTariff({ backend: 'openai-compatible', model: 'gpt-5.2' }),
      createTariff({ backend: 'openai', model: 'a-model-of-tomorrow' }),
      createTariff({ backend: 'simulated', model: 'other' }),
    ]
    expect(unknown.map((tariff) => [tariff.costMicros(usage(1000, 500)), tariff.known()])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
  })

  it('is unknown where a priced server does not say what it used', () => {
    expect(createTariff({ backend: 'openai', model: 'gpt-5.2' }).costMicros(NO_USAGE)).toBeNull()
  })

  it('is play money for the simulated models', () => {
    const costs = ['simulated-local', 'simulated-standard', 'simulated-frontier'].map((model) =>
      createTariff({ backend: 'simulated', model }).costMicros(usage(100_000, 10_000)),
    )
    expect(costs.every((micros) => micros !== null && micros > 0)).toBe(true)
    expect(costs).toEqual([...costs].sort((a, b) => (a ?? 0) - (b ?? 0)))
  })
})

describe('what a call can hold', () => {
  it('is known of published and simulated models only', () => {
    const known = (backend: TierBinding['backend'], model: string) => contextTokensOf({ backend, model })
    expect(known('anthropic', 'claude-sonnet-4-5')).toBe(200_000)
    expect(known('openai', 'gpt-5.2')).toBe(400_000)
    expect(known('simulated', 'simulated-local')).toBe(8_000)
    expect(known('openai', 'a-model-of-tomorrow')).toBeNull()
    expect(known('ollama', 'llama3.2:3b')).toBeNull()
    expect(known('openai-compatible', 'gpt-5.2')).toBeNull()
  })
})

describe('where a price is from', () => {
  it('is told with the day of the version that is used', () => {
    expect(packageJson.dependencies['@pydantic/genai-prices']).toBe(PRICE_LISTS_VERSION)
  })

  it('is the settings where they say one, and unknown where nobody does', () => {
    const own = { input: 1, output: 2 }
    expect(priceOrigin({ backend: 'anthropic', price: own, knownPrice: own })).toBe('settings')
    expect(priceOrigin({ backend: 'anthropic', knownPrice: own })).toBe('list')
    expect(priceOrigin({ backend: 'ollama', knownPrice: { input: 0, output: 0 } })).toBe('free')
    expect(priceOrigin({ backend: 'openai-compatible', knownPrice: null })).toBe('unknown')
  })
})
