import { z } from 'zod'

/** Tokens of one call, or summed over several. `inputTokens` includes `cachedTokens`. */
export const usage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  /** Input tokens that the provider read from its prompt cache. */
  cachedTokens: z.number().int().nonnegative(),
})
export type Usage = z.infer<typeof usage>

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0 }

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
  }
}
