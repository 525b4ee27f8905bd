import type { Usage } from '../../shared/usage.ts'
import type { Backend } from './backend.ts'

/** A tier ready to be called: which backend, which model, what it costs. */
export interface TierModel {
  readonly tier: string
  readonly backend: Backend
  /** Calls with the same name share one limiter, over all runs. */
  readonly limiterName: string
  /** Backend and server: models of the same name elsewhere are other ones. */
  readonly address: string
  readonly model: string
  readonly simulated: boolean
  readonly concurrency: number | null
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
  readonly maxTokens: number | null
  /** Tokens that one call can hold, question and answer together; null: not known. */
  readonly contextTokens: number | null
  /** Millionths of a dollar; null: the price is not known. */
  costMicros(usage: Usage): number | null
}

export type TierLookup =
  | { readonly ok: true; readonly model: TierModel }
  | { readonly ok: false; readonly message: string }

/** Tier name → what to call. */
export interface Models {
  /** `model`: another model of the tier's backend, for one launch. */
  tier(name: string, model?: string): TierLookup
}
