import { z } from 'zod'
import { budgetSettings } from './budgets.ts'

const BACKENDS = ['simulated', 'anthropic', 'openai', 'openai-compatible', 'lm-studio', 'ollama'] as const
export const backendName = z.enum(BACKENDS)
export type BackendName = z.infer<typeof backendName>

/** US dollars per million tokens. */
export const price = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** For input tokens read from the provider's cache; without it the `input` price. */
  cached: z.number().nonnegative().optional(),
  /** For input tokens that the provider stores in its cache; without it the `input` price. */
  cacheWrite: z.number().nonnegative().optional(),
})
export type Price = z.infer<typeof price>

/** What one tier is bound to: one entry under `tiers:` in the workspace's jacquard.yaml. */
export const tierBinding = z.strictObject({
  backend: backendName,
  model: z.string().min(1),
  /** What that provider's own package takes: with `/v1` for the OpenAI protocol, without for Anthropic and Ollama. */
  baseUrl: z.url().optional(),
  /** Name of the environment variable that holds the key. Never the key itself. */
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'This is the name of an environment variable, never the key itself.')
    .optional(),
  /** Most calls in flight at once. */
  concurrency: z.number().int().positive().optional(),
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.number().positive().optional(),
  /** Most tokens an answer may have, where a stage does not say. */
  maxTokens: z.number().int().positive().optional(),
  /** Tokens that one call can hold; without it, what is known of the model. */
  contextTokens: z.number().int().positive().optional(),
  price: price.optional(),
})
export type TierBinding = z.infer<typeof tierBinding>

/** The workspace's `jacquard.yaml`. */
export const settings = z.strictObject({
  tiers: z.record(z.string(), tierBinding).optional(),
  budgets: budgetSettings.optional(),
})
export type Settings = z.infer<typeof settings>

/** A tier as the screens show it. */
export interface Tier extends TierBinding {
  readonly name: string
  /** One or two letters for the badge: L, S, F. */
  readonly letter: string
  /** Where the binding comes from. */
  readonly origin: 'settings' | 'environment' | 'built in'
  /** null: ready to be called. Otherwise why not, and what to do. */
  readonly notReady: string | null
  /** What a call costs as known now; null: unknown, shown as unknown. */
  readonly knownPrice: Price | null
}
