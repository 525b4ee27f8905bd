import type * as GenaiPrices from '@pydantic/genai-prices'
import type { BackendName, Price, TierBinding } from '../../shared/tier.ts'
import type { Usage } from '../../shared/usage.ts'
import { SIMULATED_PRICES } from './simulated/prices.ts'
import { PROFILES } from './simulated/profiles.ts'

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

/** When the version of the price lists came out that is used here; they say nothing of it themselves. */
export const PRICE_LISTS_OF = '2026-09-23'
/** That version. Another one in package.json needs another day above. */
export const PRICE_LISTS_VERSION = '0.1.8'

let lists: typeof GenaiPrices | null = null

/** Whether the published price lists know this provider's models: what they cost and what they hold. */
export function isListed(backend: BackendName): backend is 'anthropic' | 'openai' {
  return backend === 'anthropic' || backend === 'openai'
}

/** Whose word a tier's price is. */
export function priceOrigin(
  tier: Pick<TierBinding, 'backend' | 'price'> & { readonly knownPrice: Price | null },
): 'settings' | 'list' | 'simulated' | 'free' | 'unknown' {
  if (tier.price !== undefined) return 'settings'
  if (tier.knownPrice === null) return 'unknown'
  if (tier.backend === 'simulated') return 'simulated'
  return isListed(tier.backend) ? 'list' : 'free'
}

/** Must have been awaited before anything is asked of a provider that `isListed`. Takes some 25 ms, once. */
export async function loadPriceLists(): Promise<void> {
  lists ??= await import('@pydantic/genai-prices')
}

/** Tokens that one call of this model can hold, question and answer together; null: not known. */
export function contextTokensOf({ backend, model }: Pick<TierBinding, 'backend' | 'model'>): number | null {
  if (backend === 'simulated') return PROFILES.get(model)?.contextTokens ?? null
  // A local server may have loaded the model with less than it could hold.
  return isListed(backend) ? (lookUp(backend, model)?.model.context_window ?? null) : null
}

function lookUp(provider: 'anthropic' | 'openai', model: string): GenaiPrices.PriceCalculationResult {
  if (lists === null) throw new Error('The price lists were not loaded.')
  return lists.calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider })
}

function publishedSteps(provider: 'anthropic' | 'openai', model: string): readonly Step[] {
  const listed = lookUp(provider, model)?.model_price
  if (listed === undefined) return []
  const rates = [listed.input_mtok, listed.output_mtok, listed.cache_read_mtok, listed.cache_write_mtok]
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
  const [input, output] = [rateOf('input_mtok'), rateOf('output_mtok')]
  if (input === undefined || output === undefined) return null
  const [cached, cacheWrite] = [rateOf('cache_read_mtok'), rateOf('cache_write_mtok')]
  return {
    input,
    output,
    ...(cached === undefined ? {} : { cached }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
  }
}

/** Dollars per million tokens are millionths of a dollar per token. Whole numbers until the one rounding at the end. */
const SCALE = 1_000_000

function cost({ inputTokens, outputTokens, cachedTokens, cacheWriteTokens }: Usage, price: Price): number {
  // A server that counts its cache apart from the rest, against its protocol, must not make a call cheaper than nothing.
  const plainTokens = Math.max(0, inputTokens - cachedTokens - cacheWriteTokens)
  const scaled =
    plainTokens * Math.round(price.input * SCALE) +
    cachedTokens * Math.round((price.cached ?? price.input) * SCALE) +
    cacheWriteTokens * Math.round((price.cacheWrite ?? price.input) * SCALE) +
    outputTokens * Math.round(price.output * SCALE)
  return Math.round(scaled / SCALE)
}
