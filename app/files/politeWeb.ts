import { setTimeout as sleep } from 'node:timers/promises'
import pLimit, { type LimitFunction } from 'p-limit'
import { type RobotsRules, robotsRules } from './robotsRules.ts'

const USER_AGENT = 'Jacquard'
const MAX_BYTES = 10_000_000
const MAX_ROBOTS_BYTES = 500_000
const MAX_SECONDS = 30
const MAX_REDIRECTS = 5
/** To one host. */
const AT_ONCE = 2
const PAUSE_MS = 100
/** A server that wants to be left alone for longer is not waited for. */
const MAX_RETRY_AFTER_SECONDS = 60
/** Hosts that are remembered, with their rules. */
const MAX_HOSTS = 2000

export interface WebAnswer {
  readonly status: number
  /** As the server named it; '' where it did not. */
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** Why a page was not read; its message is for the person who named it. */
export class PageRefused extends Error {
  override readonly name = 'PageRefused'
}

interface Host {
  readonly turns: LimitFunction
  /** Resolves when the next request may begin. */
  pause: Promise<unknown>
  robots: Promise<RobotsRules> | null
}

type Answer = WebAnswer & { readonly location: string | null; readonly retryAfter: string | null }

/**
 * Gets pages as a polite stranger does: at most two at once from one host with a pause between, by its robots.txt,
 * waiting once where it is told to. Bounded in size, time and redirects; http and https only.
 */
export class PoliteWeb {
  readonly #hosts = new Map<string, Host>()

  /** Rejects with `PageRefused`, or as soon as it aborts with the reason of `signal`. */
  get(address: string, signal: AbortSignal | undefined): Promise<WebAnswer> {
    const answer = this.#get(address, signal)
    return signal === undefined ? answer : unlessAborted(answer, signal)
  }

  async #get(address: string, signal: AbortSignal | undefined): Promise<WebAnswer> {
    let url = parseAddress(address)
    let mayWait = true
    for (let hops = 0; hops <= MAX_REDIRECTS; ) {
      const host = this.#host(url)
      if (!(await this.#isAllowed(host, url, signal)))
        throw new PageRefused(`The robots.txt of ${url.host} does not allow it.`)
      const answer = await this.#inTurn(host, signal, () => ask(url, MAX_BYTES, signal))
      if (answer.location !== null) {
        url = parseAddress(answer.location, url)
        hops++
      } else if (mayWait && (answer.status === 429 || answer.status === 503) && answer.retryAfter !== null) {
        mayWait = false
        const seconds = secondsToWait(answer.retryAfter)
        if (seconds > MAX_RETRY_AFTER_SECONDS) return answer
        await sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal })
      } else return answer
    }
    throw new PageRefused(`It leads on more than ${MAX_REDIRECTS} times.`)
  }

  #host({ origin }: URL): Host {
    const known = this.#hosts.get(origin)
    if (known !== undefined) return known
    const host: Host = { turns: pLimit(AT_ONCE), pause: Promise.resolve(), robots: null }
    const [oldest] = this.#hosts.keys()
    if (this.#hosts.size >= MAX_HOSTS && oldest !== undefined) this.#hosts.delete(oldest)
    this.#hosts.set(origin, host)
    return host
  }

  #inTurn<T>(host: Host, signal: AbortSignal | undefined, use: () => Promise<T>): Promise<T> {
    return host.turns(async () => {
      signal?.throwIfAborted()
      const before = host.pause
      host.pause = before.then(() => sleep(PAUSE_MS))
      await before
      return use()
    })
  }

  /** The rules are asked for once, without the signal of the page that happened to come first. */
  async #isAllowed(host: Host, url: URL, signal: AbortSignal | undefined): Promise<boolean> {
    host.robots ??= this.#inTurn(host, undefined, () => readRobots(url.origin))
    const isAllowed = await host.robots
    signal?.throwIfAborted()
    return isAllowed(url.pathname + url.search)
  }
}

function parseAddress(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new PageRefused(`${address} is not an address of a page.`)
  const url = new URL(address, base?.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new PageRefused(`${url.protocol} addresses are not read; http and https are.`)
  url.hash = ''
  return url
}

/** By RFC 9309: no rules where there is no such file; nothing is allowed while the server cannot give it. */
async function readRobots(origin: string): Promise<RobotsRules> {
  try {
    let url = new URL('/robots.txt', origin)
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const answer = await ask(url, MAX_ROBOTS_BYTES, undefined)
      if (answer.location !== null) {
        url = parseAddress(answer.location, url)
        continue
      }
      if (answer.status >= 500) return () => false
      if (answer.status >= 400) return () => true
      return robotsRules(Buffer.from(answer.bytes).toString('utf8'), USER_AGENT)
    }
    return () => true
  } catch (error) {
    if (!(error instanceof PageRefused)) throw error
    // Whatever is wrong will be said of the page itself.
    return () => true
  }
}

async function ask(url: URL, maxBytes: number, signal: AbortSignal | undefined): Promise<Answer> {
  const timeout = AbortSignal.timeout(MAX_SECONDS * 1000)
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        'user-agent': USER_AGENT,
        accept: 'text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5',
      },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    })
    const isRedirect = [301, 302, 303, 307, 308].includes(response.status)
    const location = isRedirect ? response.headers.get('location') : null
    const isWanted = response.ok
    if (!isWanted) await response.body?.cancel()
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      retryAfter: response.headers.get('retry-after'),
      location,
      bytes: isWanted ? await readBody(response, maxBytes) : new Uint8Array(),
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof PageRefused) throw error
    if (timeout.aborted) throw new PageRefused(`${url.host} took longer than ${MAX_SECONDS} s.`)
    throw new PageRefused(`${url.host} could not be reached: ${networkReason(error)}.`)
  }
}

/** `fetch` says no more than that it failed; its cause says why. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && cause.message === '' ? String(cause.code) : cause.message
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    // Leaving the loop ends the connection.
    if (length > maxBytes) throw new PageRefused(`It is larger than ${maxBytes / 1e6} MB.`)
    pieces.push(piece)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function unlessAborted<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason)
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp)
    void waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

/** Seconds, or a date. */
function secondsToWait(retryAfter: string): number {
  const seconds = Number(retryAfter)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? Number.POSITIVE_INFINITY : Math.max(0, (date - Date.now()) / 1000)
}
