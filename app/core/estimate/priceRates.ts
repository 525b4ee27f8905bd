import { NO_USAGE, type Usage } from '../../../shared/usage.ts'

/** Millionths of a dollar per token. */
export interface PriceRates {
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
}

/** So many tokens that rounding to whole millionths of a dollar no longer counts. */
const MANY = 100_000

/**
 * The rates of a tier for calls with so many input tokens; null: the price is not known. Some prices rise with the length
 * of the question, and `costMicros` rounds, which for a short question at a low price is much.
 */
export function priceRates(costMicros: (usage: Usage) => number | null, inputTokens: number): PriceRates | null {
  const length = Math.max(1, Math.round(inputTokens))
  const own = costMicros({ ...NO_USAGE, inputTokens: length })
  const many = costMicros({ ...NO_USAGE, inputTokens: MANY })
  if (own === null || many === null) return null
  const isSameStep = Math.abs((many * length) / MANY - own) <= 0.75
  const base = isSameStep ? MANY : length
  const ofBase = isSameStep ? many : own
  const other = (usage: Partial<Usage>, tokens: number) =>
    ((costMicros({ ...NO_USAGE, inputTokens: base, ...usage }) ?? ofBase) - ofBase) / tokens
  const input = ofBase / base
  return {
    input,
    cached: input + other({ cachedTokens: base }, base),
    cacheWrite: input + other({ cacheWriteTokens: base }, base),
    output: other({ outputTokens: MANY }, MANY),
  }
}
