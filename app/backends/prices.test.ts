import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import { NO_USAGE, type Usage } from '../../shared/usage.ts'
import { createTariff, loadPriceLists } from './prices.ts'

await loadPriceLists()

const usage = (inputTokens: number, outputTokens: number, cachedTokens = 0): Usage => ({
  inputTokens,
  outputTokens,
  cachedTokens,
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
    expect(tariff.costMicros(usage(8, 4, 4))).toBe(1)
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
    expect([with1, without].map((tariff) => tariff.costMicros(usage(100, 0, 40)))).toEqual([640, 1000])
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
        const spent = usage(inputTokens, 1234, Math.floor(inputTokens / 3))
        const published = calcPrice(
          { input_tokens: inputTokens, output_tokens: 1234, cache_read_tokens: spent.cachedTokens },
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
