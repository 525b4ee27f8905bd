import type { ProviderLimits } from '../../ports/backend.ts'
import type { Clock } from '../../ports/clock.ts'

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

/** Somebody whose call waits for its turn. */
interface Waiter {
  readonly signal: AbortSignal
  readonly resolve: (permit: Permit | null) => void
}

/**
 * Bounds the calls to one backend, over all runs and stages that use it. Waiting callers are served in order. Limits a
 * minute are buckets that hold a tenth of a minute's worth, so that a start does not burst into the provider's limit;
 * tokens are charged when they are known, and calls wait while the bucket is overdrawn.
 */
export class Limiter {
  readonly #clock: Clock
  readonly #bounds: LimiterBounds
  readonly #requests: Bucket | null
  readonly #tokens: Bucket | null
  #active = 0
  #closedUntil = 0
  /** In the order of asking. A set, for a pause takes thousands of waiters out one by one. */
  readonly #queue = new Set<Waiter>()
  /** Signals that are listened to: once each, for adding a listener takes the longer the more there are. */
  readonly #signals = new WeakSet<AbortSignal>()
  #wake: AbortController | null = null

  constructor(bounds: LimiterBounds, clock: Clock) {
    this.#clock = clock
    this.#bounds = bounds
    const now = clock.elapsed()
    this.#requests = bounds.requestsPerMinute === null ? null : new Bucket(bounds.requestsPerMinute, now)
    this.#tokens = bounds.tokensPerMinute === null ? null : new Bucket(bounds.tokensPerMinute, now)
  }

  /** Resolves when the call may start; with null as soon as `signal` aborts. `tokens`: about as many as it will use. */
  acquire(signal: AbortSignal, _tokens: number): Promise<Permit | null> {
    if (signal.aborted) return Promise.resolve(null)
    if (this.#queue.size === 0 && this.#waitMs() === 0) return Promise.resolve(this.#grant())
    return new Promise((resolve) => {
      this.#queue.add({ signal, resolve })
      this.#giveUpWith(signal)
      this.#serve()
    })
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

  /** No call starts before `ms` from now: the provider has asked for it. */
  closeFor(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.elapsed() + ms)
    this.#serve()
  }

  #grant(): Permit {
    this.#active++
    this.#requests?.take(1, this.#clock.elapsed())
    let released = false
    return {
      release: ({ tokens, retryAfterMs }) => {
        if (released) throw new Error('A permit was given back twice.')
        released = true
        this.#active--
        this.#tokens?.take(tokens, this.#clock.elapsed())
        if (retryAfterMs !== null) this.#closedUntil = Math.max(this.#closedUntil, this.#clock.elapsed() + retryAfterMs)
        this.#serve()
      },
    }
  }

  #serve(): void {
    for (const waiter of this.#queue) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        this.#wakeIn(waitMs)
        return
      }
      this.#queue.delete(waiter)
      waiter.resolve(this.#grant())
    }
  }

  /** 0: a call may start now. Infinity: when another one ends. */
  #waitMs(): number {
    if (this.#bounds.concurrency !== null && this.#active >= this.#bounds.concurrency) return Number.POSITIVE_INFINITY
    const now = this.#clock.elapsed()
    return Math.max(0, this.#closedUntil - now, this.#requests?.waitMs(1, now) ?? 0, this.#tokens?.waitMs(0, now) ?? 0)
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

/** A token bucket; may be overdrawn by what is only known afterwards. */
class Bucket {
  readonly #perMs: number
  readonly #capacity: number
  #level: number
  #at: number

  constructor(perMinute: number, now: number) {
    this.#perMs = perMinute / 60_000
    this.#capacity = Math.max(1, perMinute / 10)
    this.#level = this.#capacity
    this.#at = now
  }

  take(amount: number, now: number): void {
    this.#fill(now)
    this.#level -= amount
  }

  waitMs(amount: number, now: number): number {
    this.#fill(now)
    const missing = amount - this.#level
    return missing <= 0 ? 0 : Math.max(1, missing / this.#perMs)
  }

  #fill(now: number): void {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs)
    this.#at = now
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
    const known = this.#byName.get(name) ?? new Limiter(bounds, this.#clock)
    this.#byName.set(name, known)
    return known
  }
}
