/** How one backend does, over all runs of this program: its limits, and what of them is in use. */
export interface BackendLoad {
  /** Names the limiter: backend, address and model. */
  readonly name: string
  /** Tiers of this run that call it. */
  readonly tiers: readonly string[]
  /** Calls in flight. */
  readonly active: number
  /** Calls that wait for their turn. */
  readonly waiting: number
  /** Calls in flight at the most, now; null: no limit is known. */
  readonly concurrency: number | null
  /** Who says so: `learned` goes down when the provider refuses, and up again by itself. */
  readonly concurrencyFrom: 'person' | 'settings' | 'learned' | 'none'
  /** What a person has clamped it to; null: nothing. */
  readonly clamp: number | null
  readonly requestsPerMinute: RateLimit | null
  readonly tokensPerMinute: RateLimit | null
  /** The provider has asked to be left alone for so long, in milliseconds; 0: it has not. */
  readonly closedForMs: number
}

export interface RateLimit {
  readonly perMinute: number
  /** `headers`: the provider said so with its answers. */
  readonly from: 'settings' | 'headers'
  /** Share of it that is used up now: 0 to 1. */
  readonly used: number
}

/**
 * What keeps a run from going faster. `items`: as many items are in flight as it may have. `concurrency`, `requests`,
 * `tokens`, `closed`: a backend's limit (`closed`: asked to wait). `budget`: what is set aside for calls in flight must
 * come free first. `canary`: the rest waits for it. `disk`: results are written slower than they come. `source`: items come
 * slower than they are done. `tail`: the last items are in flight. `calls`: nothing but the answers' own time.
 */
export type LimitKind =
  | 'items'
  | 'concurrency'
  | 'requests'
  | 'tokens'
  | 'closed'
  | 'budget'
  | 'canary'
  | 'disk'
  | 'source'
  | 'tail'
  | 'calls'

export interface RunLimits {
  readonly kind: LimitKind
  /** One line for a person: `standard: 32 calls at once, learned from its refusals`. */
  readonly text: string
  readonly backends: readonly BackendLoad[]
}
