import type { Failure } from '../../shared/failure.ts'
import { isJsonObject } from '../../shared/json.ts'
import type { CompletionRequest } from '../ports/backend.ts'
import type { Connection } from './connection.ts'
import { NetworkError } from './httpFetch.ts'

/** An answer that is not a 2xx, as far as it matters here. The SDKs' own errors have this shape. */
export interface StatusError {
  readonly status: number
  /** The body, or the `error` in it: an object where it was JSON; else perhaps nothing, and the text is in `message`. */
  readonly error: unknown
  readonly message: string
  readonly headers: { get(name: string): string | null }
}

const CONTEXT_EXCEEDED =
  /context[ _](length|window|size)|maximum context|prompt is too long|too many (input )?tokens|input (length|is too long)/i
const MODEL_UNKNOWN =
  /model_not_found|model\b.{0,120}\b(not found|does not exist|not exist|is not loaded)|no models? loaded|invalid model/i
const NO_CREDIT = /insufficient_quota|credit balance|billing_hard_limit/i
/** Said of a call with images. What is wrong with one image (too large, broken) is another matter. */
const CANNOT_SEE =
  /(?=.*\b(?:images?|image_url|vision|visual|multi-?modal|mmproj)\b).*(?:\bnot\b.{0,60}\b(?:support|multi-?modal|vision|allow|accept|capable)|n['’]t (?:support|accept|have)|\bunsupported\b|only supported by|no endpoints|missing data required|mmproj)/is
const FILTERED = /content_filter|content_policy|content management policy|moderation/i

/** What was asked, as far as it matters for what a refusal means. */
type Asked = Pick<CompletionRequest, 'model' | 'messages'>

/** What an SDK threw, as a failure. Throws it again where it is not the provider's doing but a bug of ours. */
export function failureOfError(connection: Connection, error: unknown, asked: Asked): Failure {
  if (isStatusError(error)) return failureOfStatus(connection, error, asked)
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (cause instanceof NetworkError) return failureOfNetwork(connection, cause)
  if (cause instanceof SyntaxError) return unreadableAnswer(connection)
  throw error
}

function isStatusError(error: unknown): error is StatusError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && 'headers' in error
}

/** What an HTTP status means: see the contract in ports/backend.ts. */
function failureOfStatus(connection: Connection, answer: StatusError, asked: Asked): Failure {
  const { status } = answer
  const { label } = connection
  const detail = errorDetail(answer.error ?? answer.message)
  const said = detail.text === '' ? '' : `: ${detail.text}`
  const message = (text: string) => withoutKey(text, connection)
  const retryAfterMs = readRetryAfter(answer.headers)
  const clue = `${detail.code} ${detail.text}`

  if (status === 401 || status === 403)
    return { kind: 'auth', httpStatus: status, message: message(authMessage(connection, status, said)) }
  if (status === 402 || NO_CREDIT.test(clue)) {
    const text = `The account at ${label} has no credit left (${status})${said}`
    return { kind: 'provider', httpStatus: status, cause: 'backend', retryAfterMs: null, message: message(text) }
  }
  if (status === 429)
    return { kind: 'rate_limited', retryAfterMs, message: message(`${label} limits the rate of calls (429)${said}`) }
  // Before the rest: some servers answer 500 here, and an address that knows no model that sees answers 404.
  if (asked.messages.some(({ images = [] }) => images.length > 0) && CANNOT_SEE.test(clue)) {
    const text = `The model ${asked.model} at ${label} cannot see images (${status})${said}`
    return { kind: 'provider', httpStatus: status, cause: 'request', retryAfterMs: null, message: message(text) }
  }
  if (status === 408 || status >= 500) {
    const text = `${label} answered ${status}${said}`
    return { kind: 'provider', httpStatus: status, cause: 'transient', retryAfterMs, message: message(text) }
  }
  if (status === 413 || CONTEXT_EXCEEDED.test(clue))
    return { kind: 'too_long', raw: null, message: message(`The prompt is too long for the model (${status})${said}`) }
  if (FILTERED.test(clue))
    return { kind: 'refused', message: message(`${label} refused the content (${status})${said}`) }
  const backend = status < 400 || status === 404 || status === 405 || MODEL_UNKNOWN.test(clue)
  const text = backend
    ? `${label} at ${shownUrl(connection)} knows no such model or address (${status})${said}`
    : `${label} refused the request (${status})${said}`
  const cause = backend ? 'backend' : 'request'
  return { kind: 'provider', httpStatus: status, cause, retryAfterMs: null, message: message(text) }
}

function failureOfNetwork(connection: Connection, { code }: NetworkError): Failure {
  const certificate = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_/.test(code)
  // A certificate that is refused now is refused for every call.
  const cause = certificate ? 'backend' : 'transient'
  const message = withoutKey(networkText(connection, { code, certificate }), connection)
  const isUnreached = certificate || /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code)
  return { kind: 'provider', httpStatus: null, cause, retryAfterMs: null, message, ...(isUnreached && { isUnreached }) }
}

/** An answer came, and it is not what this protocol says. */
export function unreadableAnswer({ label }: Connection): Failure {
  const message = `The answer of ${label} could not be read: it is cut off or not of its protocol.`
  return { kind: 'provider', httpStatus: null, cause: 'transient', retryAfterMs: null, message }
}

/** A server found by its address alone, without a model to call. */
export function noModel(connection: Connection): Failure {
  const message = `${connection.label} at ${shownUrl(connection)} lists no model. Load one there, or name one in jacquard.yaml.`
  return { kind: 'provider', httpStatus: null, cause: 'backend', retryAfterMs: null, message }
}

/** `retry-after-ms`, or `retry-after` in seconds or as a date; in milliseconds, never negative. null: neither. */
function readRetryAfter(headers: StatusError['headers']): number | null {
  const milliseconds = readNumber(headers.get('retry-after-ms'))
  if (milliseconds !== null) return milliseconds
  const value = headers.get('retry-after')
  if (value === null) return null
  const seconds = readNumber(value)
  if (seconds !== null) return Math.round(seconds * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}

function readNumber(value: string | null): number | null {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : null
}

function authMessage({ label, apiKey, apiKeyEnv }: Connection, status: number, said: string): string {
  if (apiKey === null)
    return `${label} asks for a key (${status}), and none is configured: name its environment variable as \`apiKeyEnv\` in jacquard.yaml${said}`
  const key = apiKeyEnv === null ? 'the key' : `the key in ${apiKeyEnv}`
  return status === 401
    ? `${label} does not accept ${key} (401)${said}`
    : `${label} does not allow this to ${key} (403)${said}`
}

function networkText(connection: Connection, { code, certificate }: { code: string; certificate: boolean }): string {
  const url = shownUrl(connection)
  if (certificate) return `The certificate of ${url} is not accepted (${code}).`
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${url}: no server runs there, or the address is wrong (${code}).`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${url} cannot be found: there is no network, or the address is wrong (${code}).`
  return `The connection to ${connection.label} at ${url} failed (${code}).`
}

/** Providers put their words in `error.message`, `error`, `message` or `detail`; proxies answer with a page of HTML. */
function errorDetail(answer: unknown): { readonly code: string; readonly text: string } {
  const body = typeof answer === 'string' ? parseIfJson(answer) : answer
  const inner = isJsonObject(body) ? (body.error ?? body) : body
  if (!isJsonObject(inner)) return { code: '', text: typeof inner === 'string' ? shorten(inner) : '' }
  const text = [inner.message, inner.detail].find((value) => typeof value === 'string')
  const code = [inner.code, inner.type].filter((value) => typeof value === 'string').join(' ')
  return { code, text: typeof text === 'string' ? shorten(text) : '' }
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function shorten(text: string): string {
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > 400 ? `${line.slice(0, 400)}…` : line
}

/** Some providers repeat the key they refuse. It must not reach a log, the database or a screen. */
function withoutKey(text: string, { apiKey }: Connection): string {
  return apiKey !== null && apiKey.length >= 4 ? text.replaceAll(apiKey, '[key]') : text
}

function shownUrl({ baseUrl }: Connection): string {
  return baseUrl.replace(/\/\/[^/@]*@/, '//')
}
