import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'

export interface WebRequest {
  /** http or https, absolute. */
  readonly url: string
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** By name as written. */
  readonly headers: { readonly [name: string]: string }
  /** null: none. */
  readonly body: string | null
  /** A longer answer is given up while it comes, and is a failure. */
  readonly maxBytes: number
  /** For all of it, redirects and the last byte included. */
  readonly timeoutMs: number
}

export type WebAnswer =
  | {
      readonly ok: true
      /** Any status that a server gives is an answer; what it means is for the caller to say. */
      readonly status: number
      /** Names in lower case; of several with one name, joined by `, `. */
      readonly headers: { readonly [name: string]: string }
      /** Decoded as the server says it is encoded, else as UTF-8. */
      readonly text: string
      /** The text read as JSON, where its content type says that it is; null otherwise. */
      readonly json: Json
      /** Of the body, as it came over the wire, unpacked. */
      readonly bytes: number
      /** What the server asks to wait before the next request, in milliseconds; null: it does not say. */
      readonly retryAfterMs: number | null
    }
  | {
      readonly ok: false
      /** `invalid_input`: no such request can be made. `too_long`: over `maxBytes`. `timeout`, `cancelled`, `provider`: transient ones may heal. */
      readonly failure: Failure
    }

/** Asks servers on the web. Never throws: `signal` gives up, and the failure is then of kind `cancelled`. */
export interface WebClient {
  request(request: WebRequest, signal: AbortSignal): Promise<WebAnswer>
}
