import { assertNever } from '../../shared/assertNever.ts'
import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { Attempt } from '../../shared/trace.ts'

export interface AttemptPolicy {
  /** Calls at the most for failures that asking again may heal, the first included. At least 1. */
  readonly attempts: number
  /** Wait before the second call; doubles each time. */
  readonly backoffMs: number
  /** Repair turns for an answer that does not fit the schema. */
  readonly repairs: number
}

/** A provider that says "not now" is not the item's fault: it is asked again more patiently than for other failures. */
const MAX_RATE_LIMITED = 20
const MAX_BACKOFF_MS = 60_000

export type NextStep =
  | { readonly kind: 'call'; readonly purpose: Attempt['purpose']; readonly delayMs: number }
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly failure: Failure }

/**
 * What follows the attempts of a cell so far. The attempts alone decide, so that a resumed run goes on where the killed
 * one stood. `random` (0 ≤ n < 1) spreads the waits.
 */
export function nextAttempt(attempts: readonly Attempt[], policy: AttemptPolicy, random: number): NextStep {
  const last = attempts.findLast((attempt) => attempt.outcome.status !== 'running' && attempt.outcome.status !== 'lost')
  if (last === undefined) return { kind: 'call', purpose: 'first', delayMs: 0 }
  if (last.outcome.status === 'succeeded') return { kind: 'succeeded', output: last.outcome.output }
  if (last.outcome.status !== 'failed') return { kind: 'call', purpose: 'first', delayMs: 0 }
  const { failure } = last.outcome
  const giveUp: NextStep = { kind: 'failed', failure }
  const failures = attempts.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.failure] : []))
  const tried = failures.filter((past) => mayHeal(past) && past.kind !== 'rate_limited').length
  const limited = failures.filter((past) => past.kind === 'rate_limited').length
  const retryAfter = (serverMs: number | null, count: number): NextStep => {
    const backoffMs = Math.min(policy.backoffMs * 2 ** (count - 1), MAX_BACKOFF_MS)
    // The server's own figure is a floor, not a hint: calling earlier earns another refusal.
    return { kind: 'call', purpose: 'retry', delayMs: Math.max(backoffMs * (0.5 + random / 2), serverMs ?? 0) }
  }

  switch (failure.kind) {
    case 'rate_limited':
      return limited < MAX_RATE_LIMITED ? retryAfter(failure.retryAfterMs, limited) : giveUp
    case 'timeout':
      return tried < policy.attempts ? retryAfter(null, tried) : giveUp
    case 'provider':
      return failure.cause === 'transient' && tried < policy.attempts ? retryAfter(failure.retryAfterMs, tried) : giveUp
    case 'invalid_output': {
      const repaired = failures.filter((past) => past.kind === 'invalid_output').length - 1
      return repaired < policy.repairs ? { kind: 'call', purpose: 'repair', delayMs: 0 } : giveUp
    }
    case 'invalid_input':
    case 'too_long':
    case 'refused':
    case 'auth':
    case 'expression':
    case 'source':
    case 'budget':
    case 'cancelled':
    case 'internal':
      return giveUp
    default:
      return assertNever(failure)
  }
}

function mayHeal(failure: Failure): boolean {
  return (
    failure.kind === 'rate_limited' ||
    failure.kind === 'timeout' ||
    (failure.kind === 'provider' && failure.cause === 'transient')
  )
}

/**
 * Whether a failure says that no call to this backend can succeed, so that the run is to stand still with one clear
 * message instead of failing every item. A server that cannot be reached counts only until it has answered once: later
 * it is an outage, which retries bridge.
 */
export function stopsRun(failure: Failure, backendHasAnswered: boolean): boolean {
  if (failure.kind === 'auth') return true
  if (failure.kind !== 'provider') return false
  return (
    failure.cause === 'backend' || (failure.cause === 'transient' && failure.httpStatus === null && !backendHasAnswered)
  )
}
