import type { Failure } from '../../../shared/failure.ts'
import { stopsRun } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { Completion, CompletionRequest } from '../../ports/backend.ts'
import { mostMicros } from './budget.ts'
import type { CallTarget, ModelCalls } from './modelCell.ts'

/** A call that was made. */
export interface MadeCall {
  readonly completion: Completion
  readonly latencyMs: number
  /** null: the price is not known, or nothing was billed as far as we know. */
  readonly costMicros: number | null
}

interface OneCall {
  readonly calls: ModelCalls
  readonly target: CallTarget
  readonly request: CompletionRequest
  readonly timeoutMs: number
  /** Items that it answers. */
  readonly answers: number
  /** The call may be made: it is written down now, before it is. */
  starts(): void
}

/**
 * Makes one call when the backend and the budget have room for it. null: the run is pausing, no call was made.
 */
export async function callModel(call: OneCall): Promise<MadeCall | null> {
  const { calls, target, request, answers } = call
  const { clock, budget } = calls
  const { limiter, model } = target
  const permit = await limiter.acquire(calls.suspend)
  if (permit === null) return null
  const most = budget.isLimited ? (mostMicros(request, model, answers) ?? 0) : 0
  const reservation = await budget.reserve(most, calls.suspend)
  if (reservation === null) {
    permit.release(0)
    if (calls.suspend.aborted) return null
    calls.pause({
      kind: 'budget',
      message:
        'The next call could exceed the budget. All results so far are kept; to go on, resume with a higher budget.',
    })
    return null
  }
  const started = clock.elapsed()
  call.starts()
  const completion = await complete(call)
  const { usage } = completion
  const costMicros = usage === null ? null : model.costMicros(usage)
  reservation.settle(costMicros ?? 0)
  permit.release(usage === null ? 0 : usage.inputTokens + usage.outputTokens)
  if (completion.ok) target.backend.hasAnswered = true
  else if (completion.failure.kind === 'rate_limited' && completion.failure.retryAfterMs !== null)
    limiter.closeFor(completion.failure.retryAfterMs)
  return { completion, latencyMs: clock.elapsed() - started, costMicros }
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
