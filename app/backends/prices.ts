import type * as GenaiPrices from '@pydantic/genai-prices'
import type { Price, TierBinding } from '../../shared/tier.ts'
import type { Usage } from '../../shared/usage.ts'
import { SIMULATED_PRICES } from './simulated/prices.ts'

/** What the calls of one tier cost. */
export interface Tariff {
  /** For listings; null: unknown. Of prices that rise with the length of the prompt, the first. */
  known(): Price | null
  /** Millionths of a dollar, rounded once; null: the price is not known, or the server did not say what it used. */
  costMicros(usage: Usage): number | null
}

/** A price and the number of input tokens above which it holds, for the whole call. */
interface Step {
  readonly above: number
  readonly price: Price
}

const FREE: Price = { input: 0, output: 0 }

/** The user's own price, else that of the simulated models, else that of the published price lists. */
export function createTariff(binding: Pick<TierBinding, 'backend' | 'model' | 'price'>): Tariff {
  let steps: readonly Step[] | null = null
  const current = () => {
    steps ??= priceSteps(binding)
    return steps
  }
  return {
    known: () => current()[0]?.price ?? null,
    costMicros: (usage) => {
      const step = current().findLast(({ above }) => usage.inputTokens > above)
      if (step === undefined) return null
      if (step.price === FREE) return 0
      return usage.inputTokens + usage.outputTokens === 0 ? null : cost(usage, step.price)
    },
  }
}

/** Ascending; empty: unknown. */
function priceSteps({ backend, model, price }: Pick<TierBinding, 'backend' | 'model' | 'price'>): readonly Step[] {
  const flat = (price: Price | undefined): readonly Step[] => (price === undefined ? [] : [{ above: -1, price }])
  if (price !== undefined) return flat(price)
  switch (backend) {
    case 'simulated':
      return flat(Object.hasOwn(SIMULATED_PRICES, model) ? SIMULATED_PRICES[model] : undefined)
    case 'ollama':
    case 'lm-studio':
      return flat(FREE)
    case 'openai-compatible':
      return []
    case 'anthropic':
    case 'openai':
      return publishedSteps(backend, model)
  }
}

let lists: typeof GenaiPrices | null = null

/** Whether what a tier costs stands in the published price lists. */
export function isPublished({ backend, price }: Pick<TierBinding, 'backend' | 'price'>): boolean {
  return price === undefined && (backend === 'anthropic' || backend === 'openai')
}

/** Must have been awaited before a tariff that `isPublished` is asked. Takes some 25 ms, once. */
export async function loadPriceLists(): Promise<void> {
  lists ??= await import('@pydantic/genai-prices')
}

function publishedSteps(provider: 'anthropic' | 'openai', model: string): readonly Step[] {
  if (lists === null) throw new Error('The price lists were not loaded.')
  const listed = lists.calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider })?.model_price
  if (listed === undefined) return []
  const rates = [listed.input_mtok, listed.output_mtok, listed.cache_read_mtok]
  const bounds = rates.flatMap((rate) => (typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : []))
  const ascending = [-1, ...new Set(bounds)].sort((a, b) => a - b)
  return ascending.flatMap((above) => {
    const price = priceAbove(listed, above)
    return price === null ? [] : [{ above, price }]
  })
}

function priceAbove(listed: GenaiPrices.ModelPrice, above: number): Price | null {
  const rateOf = (name: string): number | undefined => {
    const rate = listed[name]
    if (typeof rate !== 'object') return rate
    return rate.tiers.findLast(({ start }) => start <= above)?.price ?? rate.base
  }
  const [input, output, cached] = [rateOf('input_mtok'), rateOf('output_mtok'), rateOf('cache_read_mtok')]
  if (input === undefined || output === undefined) return null
  return { input, output, ...(cached === undefined ? {} : { cached }) }
}

/** Dollars per million tokens are millionths of a dollar per token. Whole numbers until the one rounding at the end. */
const SCALE = 1_000_000

function cost({ inputTokens, outputTokens, cachedTokens }: Usage, price: Price): number {
  const scaled =
    (inputTokens - cachedTokens) * Math.round(price.input * SCALE) +
    cachedTokens * Math.round((price.cached ?? price.input) * SCALE) +
    outputTokens * Math.round(price.output * SCALE)
  return Math.round(scaled / SCALE)
}
