import type { BackendLoad } from '../../../shared/limits.ts'
import type { ProviderLimits } from '../../ports/backend.ts'
import type { Clock } from '../../ports/clock.ts'
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts'
import { Closing } from './closing.ts'
import { Line } from './line.ts'
import { Rate } from './rate.ts'

/** What settings say; null: nothing. */
export interface LimiterBounds {
  /** Calls in flight at once. */
  readonly concurrency: number | null
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
}

/** How a call ended, as far as it matters for the next ones. */
export interface CallEnd {
  /** Those it used; 0: none, or not known. */
  readonly tokens: number
  /** `refused`: for now, by a backend that has too much to do (429, 503, 529). `failed`: says nothing of its load. */
  readonly outcome: 'answered' | 'refused' | 'failed'
  /** The backend asks to be left alone for so long; null: it does not say. */
  readonly retryAfterMs: number | null
  readonly limits: ProviderLimits | null
}

/** It was not made at all, or nothing was learned from it. */
export const NOTHING_LEARNED: CallEnd = { tokens: 0, outcome: 'failed', retryAfterMs: null, limits: null }

/** A granted call. It must be given back exactly once. */
export interface Permit {
  release(end: CallEnd): void
}

/** Somebody whose call waits for its turn. */
interface Waiter {
  readonly signal: AbortSignal
  readonly tokens: number
  readonly resolve: (permit: Permit | null) => void
}

/** What keeps a call from starting. `closed`: the backend is left alone for a while. */
type WaitsFor = 'concurrency' | 'requests' | 'tokens' | 'closed'

/** `ms`: Infinity: until another call ends. */
interface Obstacle {
  readonly kind: WaitsFor
  readonly ms: number
}

/**
 * Bounds the calls to one backend, over all runs and stages that use it. Waiting callers are served in order. Calls at once
 * are bounded by a person, else by settings and by what its refusals have taught; requests and tokens a minute by settings,
 * else by what it says of itself.
 */
export class Limiter {
  readonly #name: string
  readonly #clock: Clock
  readonly #adaptive = new AdaptiveConcurrency()
  readonly #closing = new Closing()
  readonly #requests = new Rate()
  readonly #tokens = new Rate()
  #concurrency: number | null = null
  #clamped: number | null = null
  /** Calls so far; the next one's number. */
  #begun = 0
  #active = 0
  #tokensInFlight = 0
  readonly #line = new Line<Waiter>()
  /** Signals that are listened to: once each, for adding a listener takes the longer the more there are. */
  readonly #signals = new WeakSet<AbortSignal>()
  #wake: { readonly at: number; readonly abort: AbortController } | null = null

  constructor(name: string, bounds: LimiterBounds, clock: Clock) {
    this.#name = name
    this.#clock = clock
    this.bind(bounds)
  }

  /** Settings may change. */
  bind({ concurrency, requestsPerMinute, tokensPerMinute }: LimiterBounds): void {
    const now = this.#clock.elapsed()
    this.#concurrency = concurrency
    this.#requests.bind(requestsPerMinute, now)
    this.#tokens.bind(tokensPerMinute, now)
    this.#serve()
  }

  /** A person says how many calls there may be at once, whatever else says so; null: what else says so. */
  clamp(concurrency: number | null): void {
    this.#clamped = concurrency
    this.#serve()
  }

  /**
   * Resolves when the call may start; with null as soon as `signal` aborts. `tokens`: about as many as it will use. They
   * are set aside at once; when the call ends, what it did use is counted instead.
   */
  acquire(signal: AbortSignal, tokens: number): Promise<Permit | null> {
    if (signal.aborted) return Promise.resolve(null)
    if (this.#line.length === 0 && this.#obstacle(tokens) === null) return Promise.resolve(this.#grant(tokens))
    return new Promise((resolve) => {
      this.#line.add({ signal, tokens, resolve })
      this.#giveUpWith(signal)
      if (this.#line.length === 1) this.#serve()
    })
  }

  #giveUpWith(signal: AbortSignal): void {
    if (this.#signals.has(signal)) return
    this.#signals.add(signal)
    const giveUp = () => {
      for (const waiter of this.#line.remove((one) => one.signal === signal)) waiter.resolve(null)
      // Who is first now may wait for less.
      this.#serve()
    }
    signal.addEventListener('abort', giveUp, { once: true })
  }

  /** No call starts before `ms` from now: the provider has asked for it. */
  closeFor(ms: number): void {
    this.#closing.closeFor(ms, this.#clock.elapsed())
    this.#serve()
  }

  load(): Omit<BackendLoad, 'tiers'> {
    const now = this.#clock.elapsed()
    const concurrency = this.#most()
    return {
      name: this.#name,
      active: this.#active,
      waiting: this.#line.length,
      concurrency: concurrency === Number.POSITIVE_INFINITY ? null : concurrency,
      concurrencyFrom: this.#mostFrom(),
      clamp: this.#clamped,
      requestsPerMinute: this.#requests.limit(now),
      tokensPerMinute: this.#tokens.limit(now),
      closedForMs: this.#closing.waitMs(now),
    }
  }

  /** Of the caller who is first; null: nobody waits. */
  waitsFor(): WaitsFor | null {
    const { first } = this.#line
    return first === undefined ? null : (this.#obstacle(first.tokens)?.kind ?? null)
  }

  #grant(tokens: number): Permit {
    const now = this.#clock.elapsed()
    const number = this.#begun++
    this.#active++
    this.#tokensInFlight += tokens
    const inFlight = this.#active
    this.#requests.take(1, now)
    this.#tokens.take(tokens, now)
    let released = false
    return {
      release: (end) => {
        if (released) throw new Error('A permit was given back twice.')
        released = true
        const call = { number, inFlight: Math.max(inFlight, this.#active) }
        this.#active--
        this.#tokensInFlight -= tokens
        this.#tokens.take(end.tokens - tokens, this.#clock.elapsed())
        this.#learn(end, call)
        this.#serve()
      },
    }
  }

  #learn({ outcome, retryAfterMs, limits }: CallEnd, call: { number: number; inFlight: number }): void {
    const now = this.#clock.elapsed()
    if (outcome === 'answered') {
      this.#adaptive.answered(call, this.#concurrency)
      this.#closing.answered()
    } else if (outcome === 'refused') {
      this.#adaptive.refused(call, this.#begun)
      if (retryAfterMs === null) this.#closing.refused(call.number, this.#begun, now)
    }
    if (retryAfterMs !== null) this.#closing.closeFor(retryAfterMs, now)
    if (limits === null) return
    if (limits.requests !== null) this.#requests.learn(limits.requests, this.#active, now)
    if (limits.tokens !== null) this.#tokens.learn(limits.tokens, this.#tokensInFlight, now)
  }

  #serve(): void {
    for (;;) {
      const { first } = this.#line
      if (first === undefined) return
      const obstacle = this.#obstacle(first.tokens)
      if (obstacle !== null) {
        this.#wakeIn(obstacle.ms)
        return
      }
      this.#line.removeFirst()
      first.resolve(this.#grant(first.tokens))
    }
  }

  /** null: a call that uses so many tokens may start now. */
  #obstacle(tokens: number): Obstacle | null {
    const now = this.#clock.elapsed()
    const closedMs = this.#closing.waitMs(now)
    if (closedMs > 0) return { kind: 'closed', ms: closedMs }
    if (this.#active >= this.#most()) return { kind: 'concurrency', ms: Number.POSITIVE_INFINITY }
    const requestsMs = this.#requests.waitMs(1, now)
    const tokensMs = this.#tokens.waitMs(tokens, now)
    if (requestsMs <= 0 && tokensMs <= 0) return null
    return requestsMs >= tokensMs ? { kind: 'requests', ms: requestsMs } : { kind: 'tokens', ms: tokensMs }
  }

  /** Calls at once; Infinity: any number. */
  #most(): number {
    if (this.#clamped !== null) return this.#clamped
    return Math.min(this.#concurrency ?? Number.POSITIVE_INFINITY, this.#adaptive.limit ?? Number.POSITIVE_INFINITY)
  }

  #mostFrom(): BackendLoad['concurrencyFrom'] {
    if (this.#clamped !== null) return 'person'
    const most = this.#most()
    if (most === Number.POSITIVE_INFINITY) return 'none'
    return most === this.#concurrency ? 'settings' : 'learned'
  }

  #wakeIn(ms: number): void {
    const at = this.#clock.elapsed() + ms
    if (this.#wake !== null && Math.abs(this.#wake.at - at) < 1) return
    this.#wake?.abort.abort()
    this.#wake = null
    if (ms === Number.POSITIVE_INFINITY) return
    const wake = { at, abort: new AbortController() }
    this.#wake = wake
    this.#clock.sleep(ms, wake.abort.signal).then(
      () => {
        this.#wake = null
        this.#serve()
      },
      () => undefined, // Another wake-up took its place.
    )
  }
}

/** One limiter a name, over all runs of this process. */
export class Limiters {
  readonly #clock: Clock
  readonly #byName = new Map<string, Limiter>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `bounds`: as settings are now; a limiter that is known takes them over. */
  get(name: string, bounds: LimiterBounds): Limiter {
    const known = this.#byName.get(name)
    known?.bind(bounds)
    const limiter = known ?? new Limiter(name, bounds, this.#clock)
    this.#byName.set(name, limiter)
    return limiter
  }

  /** undefined: nothing of that name was called yet. */
  byName(name: string): Limiter | undefined {
    return this.#byName.get(name)
  }
}
