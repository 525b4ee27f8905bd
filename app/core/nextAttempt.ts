import { assertNever } from '../../shared/assertNever.ts'
import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { Attempt } from '../../shared/trace.ts'

export interface AttemptPolicy {
  /** Calls at the most for failures that asking again may heal, the first included. At least 1. */
  readonly attempts: number
  /** Wait before the second call; doubles each time. */
  readonly backoffMs: number
  /**
   * Repair turns for an answer that does not fit the schema, at each tier that is asked. Where there are any and no better
   * tier is named, the question is asked afresh, twice at the most, when they are used up.
   */
  readonly repairs: number
  /** Another tier is asked when the answer stays invalid. Left out: none is. */
  readonly escalates?: boolean
  /** How often a question that the model finds too long is asked again, cut shorter. Left out: never. */
  readonly cuts?: number
}

/** A provider that says "not now" is not the item's fault: it is asked again more patiently than for other failures. */
const MAX_RATE_LIMITED = 20
const MAX_BACKOFF_MS = 60_000
/** How often a question is asked from the beginning whose answers are invalid, each time with its repair turns. */
const MOST_ROUNDS = 3

export type NextStep =
  | {
      readonly kind: 'call'
      readonly purpose: Attempt['purpose']
      readonly delayMs: number
      /** Of the better tier, not of the stage's own. */
      readonly isEscalated: boolean
    }
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly failure: Failure }

/**
 * What follows the attempts of a cell so far. The attempts alone decide, so that a resumed run goes on where the killed
 * one stood. `random` (0 ≤ n < 1) spreads the waits.
 *
 * Calls that were shared with other items (`pack`) count where they decided something for this one: an answer, or the
 * model's word that it cannot be answered. Whatever else went wrong with them was not this item's doing. From its first
 * attempt on the better tier has its own tries.
 */
export function nextAttempt(all: readonly Attempt[], policy: AttemptPolicy, random: number): NextStep {
  const counted = all.filter(isItsOwn)
  const escalation = counted.findIndex((attempt) => attempt.purpose === 'escalate')
  const isEscalated = escalation >= 0
  const attempts = isEscalated ? counted.slice(escalation) : counted
  const call = (purpose: Attempt['purpose'], delayMs = 0): NextStep => ({ kind: 'call', purpose, delayMs, isEscalated })
  const begin = call(isEscalated ? 'escalate' : 'first')
  const last = attempts.findLast((attempt) => attempt.outcome.status !== 'running' && attempt.outcome.status !== 'lost')
  if (last === undefined) return begin
  if (last.outcome.status === 'succeeded') return { kind: 'succeeded', output: last.outcome.output }
  if (last.outcome.status !== 'failed') return begin
  const { failure } = last.outcome
  const giveUp: NextStep = { kind: 'failed', failure }
  const failures = attempts.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.failure] : []))

  switch (failure.kind) {
    case 'rate_limited':
    case 'timeout':
    case 'provider': {
      const delayMs = waitBeforeRetry(failures, policy, random)
      return delayMs === null ? giveUp : call('retry', delayMs)
    }
    case 'invalid_output': {
      const invalid = failures.filter((past) => past.kind === 'invalid_output').length
      const turns = policy.repairs + 1
      if (invalid % turns !== 0) return call('repair')
      if (policy.escalates === true && !isEscalated)
        return { kind: 'call', purpose: 'escalate', delayMs: 0, isEscalated: true }
      // A slip of the model may not come again where its own wrong answer is not before it.
      const mayAskAfresh = !isEscalated && policy.repairs > 0 && invalid / turns < MOST_ROUNDS
      return mayAskAfresh ? call('retry') : giveUp
    }
    case 'too_long': {
      const cut = failures.filter(isQuestionTooLong).length - 1
      return isQuestionTooLong(failure) && cut < (policy.cuts ?? 0) ? call('retry') : giveUp
    }
    case 'invalid_input':
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

function isItsOwn({ pack, outcome }: Attempt): boolean {
  if (pack === null || outcome.status === 'succeeded') return true
  return outcome.status === 'failed' && outcome.failure.kind === 'refused' && outcome.failure.ofPack !== true
}

/** The model cannot take the question; a cut answer is another matter. */
export function isQuestionTooLong(failure: Failure): boolean {
  return failure.kind === 'too_long' && failure.raw === null
}

/**
 * Milliseconds to wait before the same is asked again after these failures, oldest first; null: it is not asked again.
 */
export function waitBeforeRetry(failures: readonly Failure[], policy: AttemptPolicy, random: number): number | null {
  const failure = failures.at(-1)
  if (failure === undefined || !mayHeal(failure)) return null
  const isLimited = failure.kind === 'rate_limited'
  const count = failures.filter((past) => mayHeal(past) && (past.kind === 'rate_limited') === isLimited).length
  if (count >= (isLimited ? MAX_RATE_LIMITED : policy.attempts)) return null
  const backoffMs = Math.min(policy.backoffMs * 2 ** (count - 1), MAX_BACKOFF_MS)
  // The server's own figure is a floor, not a hint: calling earlier earns another refusal.
  const serverMs = failure.kind === 'timeout' ? null : 'retryAfterMs' in failure ? failure.retryAfterMs : null
  return Math.max(backoffMs * (0.5 + random / 2), serverMs ?? 0)
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
