import { z } from 'zod'

/** Tokens of one call, or summed over several. `inputTokens` includes `cachedTokens` and `cacheWriteTokens`. */
export const usage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Input tokens that the provider read from its prompt cache. */
  cachedTokens: z.number().int().nonnegative(),
  /** Input tokens that the provider stored in its prompt cache, where that has a price of its own. */
  cacheWriteTokens: z.number().int().nonnegative(),
})
export type Usage = z.infer<typeof usage>

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0 }

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  }
}
