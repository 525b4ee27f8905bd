import type { Failure } from '../../shared/failure.ts'
import type { WebAnswer, WebRequest } from '../ports/webClient.ts'

type Refused = Extract<WebAnswer, { ok: false }>

/** A request that cannot be made, or leads where none may go. */
export function notAsked(message: string): Refused {
  return { ok: false, failure: { kind: 'invalid_input', message } }
}

export function tooLong(maxBytes: number): Refused {
  const message = `The answer is longer than ${maxBytes} bytes. Raise \`maxBytes\`, or ask for less.`
  return { ok: false, failure: { kind: 'too_long', raw: null, message } }
}

interface Circumstances {
  readonly request: WebRequest
  readonly isTimeout: boolean
  readonly signal: AbortSignal
}

/** What `fetch` threw, as a failure. Throws it again where it is a bug of ours. */
export function webFailure(error: unknown, { request, isTimeout, signal }: Circumstances): Failure {
  if (signal.aborted) return { kind: 'cancelled', message: 'Given up when the run was stopped.' }
  const { timeoutMs } = request
  if (isTimeout) return { kind: 'timeout', afterMs: timeoutMs, message: `No answer within ${timeoutMs / 1000} s.` }
  if (!(error instanceof TypeError)) throw error
  const code = codeOf(error.cause)
  if (code === null) {
    const said = error.cause instanceof Error ? error.cause.message : error.message
    return { kind: 'invalid_input', message: `This request cannot be made: ${said}.` }
  }
  const { host } = new URL(request.url)
  // A certificate that is refused now is refused the next time.
  const isCertificate = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_/.test(code)
  const cause = isCertificate ? 'request' : 'transient'
  const message = networkText(host, code, isCertificate)
  return { kind: 'provider', httpStatus: null, cause, retryAfterMs: null, message }
}

/** Of what went wrong on the way; null: it never left, for `fetch` took something in the request amiss. */
function codeOf(cause: unknown): string | null {
  const hasCode = typeof cause === 'object' && cause !== null && 'code' in cause
  return hasCode && typeof cause.code === 'string' ? cause.code : null
}

function networkText(host: string, code: string, isCertificate: boolean): string {
  if (isCertificate) return `The certificate of ${host} is not accepted (${code}).`
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${host}: no server runs there, or the address is wrong (${code}).`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${host} cannot be found: there is no network, or the address is wrong (${code}).`
  return `The connection to ${host} failed (${code}).`
}
