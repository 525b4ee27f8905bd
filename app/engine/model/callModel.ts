import type { Failure } from '../../../shared/failure.ts'
import { formatUsd } from '../../../shared/format.ts'
import type { PauseReason } from '../../../shared/run.ts'
import { stopsRun } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { Completion, CompletionRequest } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'
import type { CallEnd } from './limiter.ts'
import type { CallTarget, ModelCalls } from './modelCell.ts'
import { mayBeBilled, mostMicros } from './mostMicros.ts'

/** A call that was made. */
export interface MadeCall {
  readonly completion: Completion
  readonly latencyMs: number
  /** null: the price is not known, or nothing was billed as far as we know. */
  readonly costMicros: number | null
  /** The most that it may have cost without our knowing; null: nothing, or no budget held it. */
  readonly uncertainMicros: number | null
}

interface OneCall {
  readonly calls: ModelCalls
  readonly target: CallTarget
  readonly request: CompletionRequest
  readonly timeoutMs: number
  /** The call may be made: it is written down now, before it is. `reservedMicros`: set aside for it; null: no budget. */
  starts(reservedMicros: number | null): void
}

/**
 * Makes one call when the budget and the backend have room for it. null: the run is pausing, no call was made.
 */
export async function callModel(call: OneCall): Promise<MadeCall | null> {
  const { calls, target, request } = call
  const { clock, budget } = calls
  const { limiter, model } = target
  if (!(await calls.mayCall())) return null
  const mostCost = budget.isLimited ? (mostMicros(request, model) ?? 0) : null
  const reserved = await budget.reserve(mostCost ?? 0, calls.suspend)
  if ('refusedBy' in reserved) {
    if (reserved.refusedBy !== 'stopped') calls.pause(usedUp(reserved.refusedBy, mostCost ?? 0))
    return null
  }
  const permit = await limiter.acquire(calls.suspend, roughTokens(request, model))
  if (permit === null) {
    reserved.settle(0)
    return null
  }
  const started = clock.elapsed()
  call.starts(mostCost)
  const completion = await complete(call).catch((bug: unknown) => {
    // Others wait for the money and the place of a call that ended by a mistake of ours.
    reserved.settle(mostCost ?? 0)
    permit.release(NOTHING_LEARNED)
    throw bug
  })
  const { usage } = completion
  const costMicros = usage === null ? null : model.costMicros(usage)
  const isUncertain = !completion.ok && usage === null && mayBeBilled(completion.failure)
  const uncertainMicros = isUncertain ? mostCost : null
  reserved.settle((costMicros ?? 0) + (uncertainMicros ?? 0))
  permit.release(endOf(completion))
  if (completion.ok) target.backend.hasAnswered = true
  return { completion, latencyMs: clock.elapsed() - started, costMicros, uncertainMicros }
}

function usedUp(by: 'run' | 'day', mostMicros: number): PauseReason {
  const next = `The next call may cost up to ${formatUsd(mostMicros)}, which could exceed`
  return by === 'run'
    ? {
        kind: 'budget',
        message: `${next} the budget. All results so far are kept; to go on, resume with a higher budget.`,
      }
    : {
        kind: 'dayBudget',
        message: `${next} the day's budget. All results so far are kept; resume tomorrow, or raise it in Settings.`,
      }
}

/** An answer has some hundred tokens where nobody says otherwise; an image some hundreds to some thousands. */
const ROUGH_ANSWER_TOKENS = 500
const ROUGH_IMAGE_TOKENS = 1500

/** About as many tokens as a call will use, in no time: what it did use is counted after it. */
function roughTokens({ instructions, messages, maxTokens }: CompletionRequest, model: TierModel): number {
  const answer = Math.min(maxTokens ?? model.maxTokens ?? ROUGH_ANSWER_TOKENS, ROUGH_ANSWER_TOKENS)
  return messages.reduce(
    (sum, { text, images = [] }) => sum + text.length / 4 + images.length * ROUGH_IMAGE_TOKENS,
    (instructions?.length ?? 0) / 4 + answer,
  )
}

const NOTHING_LEARNED: CallEnd = { tokens: 0, retryAfterMs: null, limits: null, outcome: 'failed' }

/** What the calls after this one can learn from it. */
function endOf(completion: Completion): CallEnd {
  const { usage } = completion
  const tokens = usage === null ? 0 : usage.inputTokens + usage.outputTokens
  const end = { tokens, retryAfterMs: null, limits: completion.limits ?? null }
  if (completion.ok) return { ...end, outcome: 'answered' }
  const { failure } = completion
  const refused =
    failure.kind === 'rate_limited' ||
    (failure.kind === 'provider' && (failure.httpStatus === 503 || failure.httpStatus === 529))
  if (refused) return { ...end, outcome: 'refused', retryAfterMs: failure.retryAfterMs }
  return { ...end, outcome: usage === null ? 'failed' : 'answered' }
}

/** The backend's answer, or the failure that time or the person made of it. */
async function complete({ calls, target, request, timeoutMs }: OneCall): Promise<Completion> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  try {
    return await target.model.backend.complete(request, AbortSignal.any([timeout.signal, calls.abort]))
  } catch (reason) {
    if (calls.abort.aborted) {
      const message = 'Given up when the run was stopped; it may have been billed.'
      return { ok: false, failure: { kind: 'cancelled', message }, usage: null }
    }
    if (!timeout.signal.aborted) throw reason
    const message = `No answer within ${timeoutMs / 1000} s.`
    const failure: Failure = { kind: 'timeout', afterMs: timeoutMs, message }
    return { ok: false, failure, usage: null }
  } finally {
    clearTimeout(timer)
  }
}

/** Waits before a call. false: the run is pausing. */
export async function waits({ clock, suspend }: ModelCalls, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, suspend)
    return true
  } catch (reason) {
    if (suspend.aborted) return false
    throw reason
  }
}

/**
 * Brings the run to a stand where a failure says that no call to this backend can succeed. true: it stands, and nothing
 * is decided for whom the call was.
 */
export function standsStill(
  stage: PlannedModelStage,
  failure: Failure,
  { calls, target }: Pick<OneCall, 'calls' | 'target'>,
): boolean {
  if (!calls.canPause || !stopsRun(failure, target.backend.hasAnswered)) return false
  const kind = failure.kind === 'auth' ? 'auth' : 'backend'
  calls.pause({ kind, message: `Tier ${target.tier} (stage ${stage.id}): ${failure.message}` })
  return true
}
