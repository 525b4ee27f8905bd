import type { Failure } from '../../shared/failure.ts'
import type { Json, JsonObject } from '../../shared/json.ts'
import type { Usage } from '../../shared/usage.ts'

export interface Message {
  readonly role: 'user' | 'assistant'
  readonly text: string
  /** Shown before the text; only in user messages. Left out: none. */
  readonly images?: readonly ImageData[]
}

export interface ImageData {
  /** The path it was read from, for records. */
  readonly name: string
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  readonly base64: string
}

/** One call to a model, as the engine asks it. Every field is part of what was asked. */
export interface CompletionRequest {
  readonly model: string
  /** The system prompt; null: none. */
  readonly instructions: string | null
  /**
   * The instructions are the same for every item of the run: where a provider keeps prompts only when asked to, it is
   * asked.
   */
  readonly keepInstructions: boolean
  /** Ends with a user message. More than one only in a repair turn. */
  readonly messages: readonly Message[]
  /** JSON Schema of the answer; null: plain text is wanted. */
  readonly schema: JsonObject | null
  /** null: the backend's own default. */
  readonly maxTokens: number | null
  /** Sent as they are (temperature and its like), only where a stage sets them. */
  readonly parameters: { readonly [name: string]: Json }
}

/** What a provider says of one of its limits with an answer or a refusal. */
export interface Allowance {
  /** null: not said, or it is no limit by the minute (some are by the day). */
  readonly perMinute: number | null
  /** What of it is left, calls that have arrived there taken off; null: not said. */
  readonly remaining: number | null
  /** Milliseconds until all of it is there again; null: not said. */
  readonly resetMs: number | null
}

export interface ProviderLimits {
  readonly requests: Allowance | null
  /** Tokens of questions and answers together. */
  readonly tokens: Allowance | null
}

/**
 * What a call came to. `usage` is also there for answers that failed but were billed. `limits`: left out where the provider
 * says nothing of them.
 */
export type Completion =
  | {
      readonly ok: true
      readonly text: string
      readonly usage: Usage
      readonly model: string
      readonly limits?: ProviderLimits
    }
  | { readonly ok: false; readonly failure: Failure; readonly usage: Usage | null; readonly limits?: ProviderLimits }

/** Something that answers prompts. One implementation a file, in app/backends/. */
export interface Backend {
  /** A call will come soon: loads what it needs. Left out where there is nothing to load. */
  prepare?(): void
  /**
   * Asks the provider, without calling a model, whether it takes the key and has the model. Resolves within seconds with what
   * stands against every call (`auth`, or `provider` with cause `backend`); null: nothing, or it is not to be told. Rejects
   * only with the reason of `signal`, or on a bug of ours. Left out where there is nobody to ask.
   */
  check?(model: string, signal: AbortSignal): Promise<Failure | null>
  /**
   * Makes exactly one call. Never retries: that is the engine's decision (core/nextAttempt.ts).
   * Resolves with a failure for whatever a provider can do wrong: 401/403 is `auth`; 429 is `rate_limited` with
   * `retry-after` read; 408/5xx/529/network errors are `provider` with cause `transient`; an unknown model, a wrong
   * address or an account without credit is `provider` with cause `backend`; other 4xx are cause `request`; a prompt
   * over the context window, or an answer cut off by length, is `too_long`; a refusal or content filter is `refused`.
   * Rejects only with the reason of `signal`, or on a bug of ours.
   * `text` is the answer as it came (for a forced tool call: its arguments as JSON); finding and checking the JSON in
   * it is the engine's work (core/answer.ts).
   */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>
}
