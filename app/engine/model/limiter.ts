import type { BackendLoad, RateLimit } from '../../../shared/limits.ts'
import type { Allowance, ProviderLimits } from '../../ports/backend.ts'
import type { Clock } from '../../ports/clock.ts'
import { AdaptiveConcurrency } from './adaptiveConcurrency.ts'
import { Bucket } from './bucket.ts'

export interface LimiterBounds {
  /** Calls in flight at once; null: unbounded. */
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

/** What a call that waits is kept by. */
export type HeldBy = 'concurrency' | 'requests' | 'tokens' | 'closed'

/** Somebody whose call waits for its turn. */
interface Waiter {
  readonly signal: AbortSignal
  readonly tokens: number
  readonly resolve: (permit: Permit | null) => void
}

/** After refusals in a row that do not say how long: so long for the second, twice that for the third. */
const CLOSE_MS = 200
const MOST_CLOSE_MS = 30_000

/**
 * Bounds the calls to one backend, over all runs and stages that use it. Waiting callers are served in order. What the
 * settings do not say is learned: calls at once from refusals, requests and tokens a minute from what the provider says with
 * its answers. A person's clamp is stronger than all.
 */
export class Limiter {
  readonly #name: string
  readonly #clock: Clock
  #bounds: LimiterBounds
  #clamp: number | null = null
  readonly #adaptive = new AdaptiveConcurrency()
  readonly #rates: { readonly [of in 'requests' | 'tokens']: Rate }
  #active = 0
  #closedUntil = 0
  #refusals = 0
  /** In the order of asking. A set, for a pause takes thousands of waiters out one by one. */
  readonly #queue = new Set<Waiter>()
  /** Signals that are listened to: once each, for adding a listener takes the longer the more there are. */
  readonly #signals = new WeakSet<AbortSignal>()
  #wake: AbortController | null = null

  constructor(bounds: LimiterBounds, clock: Clock, name = '') {
    this.#name = name
    this.#clock = clock
    this.#bounds = bounds
    const now = clock.elapsed()
    this.#rates = { requests: new Rate(bounds.requestsPerMinute, now), tokens: new Rate(bounds.tokensPerMinute, now) }
  }

  /** The settings may have changed. */
  setBounds(bounds: LimiterBounds): void {
    const now = this.#clock.elapsed()
    this.#bounds = bounds
    this.#rates.requests.set(bounds.requestsPerMinute, now)
    this.#rates.tokens.set(bounds.tokensPerMinute, now)
    this.#serve()
  }

  /** Calls in flight at the most, by a person's word; null: as it was. */
  clamp(concurrency: number | null): void {
    this.#clamp = concurrency
    this.#serve()
  }

  /** Resolves when the call may start; with null as soon as `signal` aborts. `tokens`: about as many as it will use. */
  acquire(signal: AbortSignal, tokens: number): Promise<Permit | null> {
    if (signal.aborted) return Promise.resolve(null)
    if (this.#queue.size === 0 && this.#held() === null) return Promise.resolve(this.#grant(tokens))
    return new Promise((resolve) => {
      this.#queue.add({ signal, tokens, resolve })
      this.#giveUpWith(signal)
      this.#serve()
    })
  }

  /** No call starts before `ms` from now: the provider has asked for it. */
  closeFor(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.elapsed() + ms)
    this.#serve()
  }

  /** What the first of those that wait is kept by; null: nobody waits. */
  waitsFor(): HeldBy | null {
    return this.#queue.size === 0 ? null : (this.#held()?.by ?? null)
  }

  load(): Omit<BackendLoad, 'tiers'> {
    const now = this.#clock.elapsed()
    const { limit, from } = this.#concurrency()
    return {
      name: this.#name,
      active: this.#active,
      waiting: this.#queue.size,
      concurrency: limit,
      concurrencyFrom: from,
      clamp: this.#clamp,
      requestsPerMinute: this.#rates.requests.shown(now),
      tokensPerMinute: this.#rates.tokens.shown(now),
      closedForMs: Math.max(0, this.#closedUntil - now),
    }
  }

  #concurrency(): { readonly limit: number | null; readonly from: BackendLoad['concurrencyFrom'] } {
    if (this.#clamp !== null) return { limit: this.#clamp, from: 'person' }
    const { concurrency } = this.#bounds
    const learned = this.#adaptive.limit
    if (learned !== null && (concurrency === null || learned < concurrency)) return { limit: learned, from: 'learned' }
    return concurrency === null ? { limit: null, from: 'none' } : { limit: concurrency, from: 'settings' }
  }

  #giveUpWith(signal: AbortSignal): void {
    if (this.#signals.has(signal)) return
    this.#signals.add(signal)
    const giveUp = () => {
      for (const waiter of this.#queue) {
        if (waiter.signal !== signal) continue
        this.#queue.delete(waiter)
        waiter.resolve(null)
      }
    }
    signal.addEventListener('abort', giveUp, { once: true })
  }

  #grant(tokens: number): Permit {
    const startedAt = this.#clock.elapsed()
    this.#active++
    this.#rates.requests.take(1, startedAt)
    this.#rates.tokens.take(tokens, startedAt)
    let released = false
    return {
      release: (end) => {
        if (released) throw new Error('A permit was given back twice.')
        released = true
        this.#learn(end, { startedAt, tokens })
        this.#active--
        this.#serve()
      },
    }
  }

  #learn(end: CallEnd, { startedAt, tokens }: { startedAt: number; tokens: number }): void {
    const now = this.#clock.elapsed()
    this.#rates.tokens.take(end.tokens - tokens, now)
    this.#rates.requests.learn(end.limits?.requests ?? null, now)
    this.#rates.tokens.learn(end.limits?.tokens ?? null, now)
    if (end.outcome === 'answered') {
      this.#refusals = 0
      this.#adaptive.answered()
    }
    if (end.outcome === 'refused') {
      this.#refusals++
      this.#adaptive.refused({ active: this.#active, startedAt, now })
    }
    // One refusal now and then is met by asking that one again later; several in a row are the backend's own word.
    const isSilent = end.outcome === 'refused' && end.retryAfterMs === null && this.#refusals > 1
    const closeMs = isSilent ? Math.min(CLOSE_MS * 2 ** (this.#refusals - 2), MOST_CLOSE_MS) : (end.retryAfterMs ?? 0)
    this.#closedUntil = Math.max(this.#closedUntil, now + closeMs)
  }

  #serve(): void {
    for (const waiter of this.#queue) {
      const held = this.#held()
      if (held !== null) {
        this.#wakeIn(held.ms)
        return
      }
      this.#queue.delete(waiter)
      waiter.resolve(this.#grant(waiter.tokens))
    }
  }

  /** What keeps a call from starting, and for how long; Infinity: until another one ends. null: it may start. */
  #held(): { readonly by: HeldBy; readonly ms: number } | null {
    const { limit } = this.#concurrency()
    if (limit !== null && this.#active >= limit) return { by: 'concurrency', ms: Number.POSITIVE_INFINITY }
    const now = this.#clock.elapsed()
    const waits = [
      { by: 'closed', ms: this.#closedUntil - now },
      { by: 'requests', ms: this.#rates.requests.waitMs(1, now) },
      { by: 'tokens', ms: this.#rates.tokens.waitMs(0, now) },
    ] as const
    const longest = waits.reduce((a, b) => (b.ms > a.ms ? b : a))
    return longest.ms > 0 ? longest : null
  }

  #wakeIn(ms: number): void {
    this.#wake?.abort()
    this.#wake = null
    if (ms === Number.POSITIVE_INFINITY) return
    const wake = new AbortController()
    this.#wake = wake
    this.#clock.sleep(ms, wake.signal).then(
      () => this.#serve(),
      () => undefined, // Another wake-up took its place.
    )
  }
}

/** So many a minute: by the settings, or as the provider says where they say nothing. */
class Rate {
  #set: number | null
  #bucket: Bucket | null
  /** The provider has said that nothing is left until then. */
  #emptyUntil = 0

  constructor(perMinute: number | null, now: number) {
    this.#set = perMinute
    this.#bucket = perMinute === null ? null : new Bucket(perMinute, now)
  }

  set(perMinute: number | null, now: number): void {
    if (perMinute === this.#set) return
    this.#set = perMinute
    this.#bucket = perMinute === null ? null : new Bucket(perMinute, now)
  }

  take(amount: number, now: number): void {
    this.#bucket?.take(amount, now)
  }

  learn(said: Allowance | null, now: number): void {
    if (said === null) return
    if (this.#set === null && said.perMinute !== null && said.perMinute !== this.#bucket?.perMinute)
      this.#bucket = said.perMinute > 0 ? new Bucket(said.perMinute, now) : null
    if (this.#set === null && said.remaining !== null) this.#bucket?.leave(said.remaining, now)
    if (said.remaining === 0 && said.resetMs !== null) this.#emptyUntil = now + said.resetMs
  }

  waitMs(amount: number, now: number): number {
    return Math.max(this.#emptyUntil - now, this.#bucket?.waitMs(amount, now) ?? 0)
  }

  shown(now: number): RateLimit | null {
    if (this.#bucket === null) return null
    const used = this.#emptyUntil > now ? 1 : this.#bucket.used(now)
    return { perMinute: this.#bucket.perMinute, from: this.#set === null ? 'headers' : 'settings', used }
  }
}

/** One limiter a name, over all runs of this process. */
export class Limiters {
  readonly #clock: Clock
  readonly #byName = new Map<string, Limiter>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get(name: string, bounds: LimiterBounds): Limiter {
    const known = this.#byName.get(name)
    known?.setBounds(bounds)
    const limiter = known ?? new Limiter(bounds, this.#clock, name)
    this.#byName.set(name, limiter)
    return limiter
  }

  /** undefined: nobody has called it yet. */
  byName(name: string): Limiter | undefined {
    return this.#byName.get(name)
  }
}
