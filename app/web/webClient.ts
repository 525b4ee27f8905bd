import type { WebAnswer, WebClient, WebRequest } from '../ports/webClient.ts'
import { decodeBody, readJson } from './decodeBody.ts'
import { readBody } from './readBody.ts'
import { notAsked, tooLong, webFailure } from './webFailures.ts'

const MAX_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]
/** What tells a server who asks is for the server that was named, not for one that it leads on to. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'proxy-authorization']

/** Asks with Node's own `fetch`, but follows redirects itself: fewer, and none away from http. */
export function createWebClient(): WebClient {
  return {
    async request(request, signal) {
      const timeout = new AbortController()
      const timer = setTimeout(() => timeout.abort(), request.timeoutMs)
      try {
        return await follow(request, AbortSignal.any([signal, timeout.signal]))
      } catch (error) {
        return { ok: false, failure: webFailure(error, { request, isTimeout: timeout.signal.aborted, signal }) }
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

async function follow(request: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  if (!isWebAddress(request.url)) return notAsked(`${shownUrl(request.url)} is not an address of http or https.`)
  if (request.body !== null && (request.method === 'GET' || request.method === 'HEAD'))
    return notAsked(`A ${request.method} request has no body: leave it out, or use POST.`)
  let { method, body } = request
  const { url, headers } = withCredentials(request)
  let at = url
  for (let hops = 0; ; hops++) {
    signal.throwIfAborted()
    const response = await fetch(at, { method, headers, body, signal, redirect: 'manual' })
    const location = REDIRECTS.includes(response.status) ? response.headers.get('location') : null
    if (location === null || !URL.canParse(location, at.href)) return read(response, request)
    await response.body?.cancel()
    if (hops === MAX_REDIRECTS) return notAsked(`${shownUrl(request.url)} leads on more than ${MAX_REDIRECTS} times.`)
    const next = new URL(location, at)
    if (!isWebAddress(next.href))
      return notAsked(`${shownUrl(request.url)} leads to ${next.protocol}, which is no web.`)
    if (next.origin !== at.origin) for (const name of PRIVATE_HEADERS) headers.delete(name)
    // As browsers do: only 307 and 308 ask for the same again.
    if (response.status === 303 ? method !== 'HEAD' : response.status < 303 && method === 'POST') {
      method = 'GET'
      body = null
      for (const name of ['content-type', 'content-length']) headers.delete(name)
    }
    at = next
  }
}

async function read(response: Response, { maxBytes }: WebRequest): Promise<WebAnswer> {
  const bytes = await readBody(response, maxBytes)
  if (bytes === null) return tooLong(maxBytes)
  // Not by its entries: cookies stand there one by one.
  const headers = Object.fromEntries(
    [...response.headers.keys()].map((name) => [name, response.headers.get(name) ?? '']),
  )
  const contentType = headers['content-type'] ?? ''
  const text = decodeBody(bytes, contentType)
  return {
    ok: true,
    status: response.status,
    headers,
    text,
    json: readJson(text, contentType),
    bytes: bytes.byteLength,
    retryAfterMs: readRetryAfter(headers['retry-after']),
  }
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}

/** `fetch` refuses an address with a name and a password in it: they go where they belong. */
function withCredentials(request: WebRequest): { readonly url: URL; readonly headers: Headers } {
  const url = new URL(request.url)
  const headers = new Headers({ 'user-agent': 'Jacquard', accept: '*/*', ...lowerCased(request.headers) })
  if (url.username === '' && url.password === '') return { url, headers }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  if (!headers.has('authorization')) headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  url.username = ''
  url.password = ''
  return { url, headers }
}

function lowerCased(headers: WebRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** In seconds or as a date; in milliseconds, never negative. null: neither. */
function readRetryAfter(value: string | undefined): number | null {
  if (value === undefined) return null
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.round(Number(value) * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now())
}

function shownUrl(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//')
}
