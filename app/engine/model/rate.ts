import type { RateLimit } from '../../../shared/limits.ts'
import type { Allowance } from '../../ports/backend.ts'
import { Bucket } from './bucket.ts'

/** On a header's word alone nobody waits for longer: whoever asks for more time says so when it refuses. */
const MOST_HELD_MS = 60_000

/** What comes back evenly is whole after a minute. Much less says that all of it comes back at once. */
const EVENLY_MS = 54_000

/**
 * One limit by the minute: of requests, or of tokens. Settings' is kept by our own count, with a tenth of a minute's worth
 * at once, so that a start does not burst into the provider's limit. The provider's, where settings say nothing, follows
 * what it says is left: it counts what we cannot know, calls of other programs and tokens that it does not charge.
 */
export class Rate {
  #bucket: Bucket | null = null
  #from: RateLimit['from'] = 'headers'
  #heldUntil = 0

  /** What settings say; null: nothing. */
  bind(perMinute: number | null, now: number): void {
    const before = this.#from === 'settings' ? this.#bucket : null
    if (perMinute === (before?.perMinute ?? null)) return
    this.#from = perMinute === null ? 'headers' : 'settings'
    this.#heldUntil = 0
    this.#bucket = perMinute === null ? null : byTenths(perMinute, now)
    // What is owed stays owed.
    if (before !== null) this.#bucket?.take(Math.max(0, -before.level(now)), now)
  }

  /** What the provider says; `inFlight`: taken by calls that it may not have counted yet. */
  learn({ perMinute, remaining, resetMs }: Allowance, inFlight: number, now: number): void {
    if (this.#from === 'settings') return
    const known = perMinute ?? this.#bucket?.perMinute ?? null
    if (remaining === 0 && resetMs !== null && (known === null || resetMs < EVENLY_MS))
      this.#heldUntil = now + Math.min(resetMs, MOST_HELD_MS)
    if (known === null) return
    if (remaining !== null)
      this.#bucket = new Bucket({ perMinute: known, capacity: known, level: remaining - inFlight, now })
    else if (known !== this.#bucket?.perMinute) this.#bucket = byTenths(known, now)
  }

  /** Less than nothing: given back. */
  take(amount: number, now: number): void {
    this.#bucket?.take(amount, now)
  }

  waitMs(amount: number, now: number): number {
    return Math.max(this.#heldUntil - now, this.#bucket?.waitMs(amount, now) ?? 0)
  }

  /** null: no limit is known. */
  limit(now: number): RateLimit | null {
    if (this.#bucket === null) return null
    const { perMinute, capacity } = this.#bucket
    const isHeld = this.#heldUntil > now
    const used = isHeld ? 1 : Math.min(1, Math.max(0, 1 - this.#bucket.level(now) / capacity))
    return { perMinute, from: this.#from, used }
  }
}

function byTenths(perMinute: number, now: number): Bucket {
  const capacity = Math.max(1, perMinute / 10)
  return new Bucket({ perMinute, capacity, level: capacity, now })
}
