import type { CellState } from '../../shared/cell.ts'
import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { PauseReason } from '../../shared/run.ts'
import type { AttemptOutcome } from '../../shared/trace.ts'
import { readAnswer } from '../core/answer.ts'
import { type Scope, valueAsText } from '../core/expression.ts'
import { nextAttempt, stopsRun } from '../core/nextAttempt.ts'
import type { PlannedModelStage } from '../core/plan.ts'
import type { Completion, CompletionRequest, Message } from '../ports/backend.ts'
import type { Clock } from '../ports/clock.ts'
import type { TierModel } from '../ports/models.ts'
import type { AttemptRecord } from '../ports/runStore.ts'
import { type Budget, mostMicros } from './budget.ts'
import type { Limiter } from './limiter.ts'

/** What a stage came to for one item. `suspended`: the run is pausing; nothing is decided. */
export type StageOutcome =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'suspended' }

/** What the cells of one model stage share in a run. */
export interface ModelCalls {
  readonly model: TierModel
  readonly limiter: Limiter
  readonly budget: Budget
  readonly clock: Clock
  /** Aborts when no new call may start. */
  readonly suspend: AbortSignal
  /** Aborts when calls in flight are to be given up. */
  readonly abort: AbortSignal
  /** The run is to stand still; it may go on when the person has acted. */
  pause(reason: PauseReason): void
  /** Shared by the stages that call the same backend: whether it has answered in this run. */
  readonly backend: { hasAnswered: boolean }
  readonly canPause: boolean
}

/** Where one cell writes down what it does. */
export interface CellJournal {
  readonly run: string
  readonly index: number
  /** Attempts of this cell so far, also those of an earlier process; oldest first. */
  readonly attempts: readonly AttemptRecord[]
  started(attempt: AttemptRecord): void
  ended(attempt: AttemptRecord): void
  state(state: CellState): void
}

export interface Cell {
  readonly calls: ModelCalls
  readonly journal: CellJournal
}

/** What a model stage asks for one item, or why it cannot ask. */
export type RenderedStage =
  | { readonly ok: true; readonly input: Json; readonly prompt: string; readonly instructions: string | null }
  | { readonly ok: false; readonly failure: Failure }

export async function renderModelStage(stage: PlannedModelStage, scope: Scope): Promise<RenderedStage> {
  const input = stage.input === null ? null : await stage.input.evaluate(scope)
  if (input?.ok === false) return input
  const instructions = stage.instructions === null ? null : await stage.instructions.evaluate(scope)
  if (instructions?.ok === false) return instructions
  const prompt = stage.prompt === null ? null : await stage.prompt.evaluate(scope)
  if (prompt?.ok === false) return prompt
  // Without a prompt the stage's input, without that the item, is what the model is given.
  const subject = prompt?.value ?? input?.value ?? scope.item ?? null
  return {
    ok: true,
    input: input?.value ?? null,
    prompt: valueAsText(subject),
    instructions: instructions === null ? null : valueAsText(instructions.value),
  }
}

/** Asks until the attempts so far say that the cell is decided (core/nextAttempt.ts). */
export async function runModelStage(
  stage: PlannedModelStage,
  scope: Scope,
  { calls, journal }: Cell,
): Promise<StageOutcome> {
  const rendered = await renderModelStage(stage, scope)
  if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
  const attempts = [...journal.attempts]
  for (;;) {
    const step = nextAttempt(
      attempts.filter((attempt) => !attempt.forgotten),
      stage.policy,
      calls.clock.random(),
    )
    if (step.kind === 'succeeded') return { kind: 'succeeded', output: step.output }
    if (step.kind === 'failed') {
      if (calls.canPause && stopsRun(step.failure, calls.backend.hasAnswered)) {
        calls.pause(pauseReason(step.failure, stage))
        return { kind: 'suspended' }
      }
      return { kind: 'failed', failure: step.failure }
    }
    if (step.purpose === 'retry') {
      journal.state('retrying')
      if (!(await waits(calls, step.delayMs))) return { kind: 'suspended' }
    }
    const request = buildRequest(stage, { rendered, attempts, isRepair: step.purpose === 'repair', model: calls.model })
    const attempt = await callOnce({
      stage,
      calls,
      journal,
      request,
      purpose: step.purpose,
      number: attempts.length + 1,
    })
    if (attempt === null) return { kind: 'suspended' }
    attempts.push(attempt)
    if (attempt.outcome.status === 'failed' && attempt.outcome.failure.kind === 'cancelled')
      return { kind: 'suspended' }
  }
}

async function waits(calls: ModelCalls, ms: number): Promise<boolean> {
  try {
    await calls.clock.sleep(ms, calls.suspend)
    return true
  } catch (reason) {
    if (calls.suspend.aborted) return false
    throw reason
  }
}

interface RequestParts {
  readonly rendered: Extract<RenderedStage, { ok: true }>
  readonly attempts: readonly AttemptRecord[]
  readonly isRepair: boolean
  readonly model: TierModel
}

function buildRequest(
  stage: PlannedModelStage,
  { rendered, attempts, isRepair, model }: RequestParts,
): CompletionRequest {
  const messages: Message[] = [{ role: 'user', text: rendered.prompt }]
  const last = attempts.findLast(
    (attempt) => attempt.outcome.status === 'failed' && attempt.outcome.failure.kind === 'invalid_output',
  )
  if (isRepair && last?.outcome.status === 'failed' && last.outcome.failure.kind === 'invalid_output') {
    const { raw, problems } = last.outcome.failure
    messages.push({ role: 'assistant', text: raw === '' ? '(empty)' : raw })
    messages.push({
      role: 'user',
      text: `That answer does not fit the schema:\n${problems.map((problem) => `- ${problem}`).join('\n')}\nAnswer again with the corrected JSON only.`,
    })
  }
  return {
    model: model.model,
    instructions: rendered.instructions,
    messages,
    schema: stage.schema,
    maxTokens: stage.maxTokens ?? model.maxTokens,
    parameters: stage.parameters,
  }
}

interface OneCall {
  readonly stage: PlannedModelStage
  readonly calls: ModelCalls
  readonly journal: CellJournal
  readonly request: CompletionRequest
  readonly purpose: AttemptRecord['purpose']
  readonly number: number
}

/** One attempt: written down before the call, closed once after it. null: the run is pausing, no call was made. */
async function callOnce({ stage, calls, journal, request, purpose, number }: OneCall): Promise<AttemptRecord | null> {
  const { clock, model, limiter } = calls
  const permit = await limiter.acquire(calls.suspend)
  if (permit === null) return null
  const reservation = await calls.budget.reserve(
    calls.budget.isLimited ? (mostMicros(request, model) ?? 0) : 0,
    calls.suspend,
  )
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
  journal.state('running')
  const started = clock.elapsed()
  const open: AttemptRecord = {
    run: journal.run,
    index: journal.index,
    stage: stage.id,
    number,
    purpose,
    tier: stage.tier,
    model: model.model,
    startedAt: clock.now(),
    latencyMs: null,
    request: { instructions: request.instructions, messages: request.messages },
    outcome: { status: 'running' },
    usage: null,
    costMicros: null,
    forgotten: false,
  }
  journal.started(open)
  const completion = await complete(stage, calls, request)
  const usage = completion.usage
  const costMicros = usage === null ? null : model.costMicros(usage)
  reservation.settle(costMicros ?? 0)
  permit.release(usage === null ? 0 : usage.inputTokens + usage.outputTokens)
  const attempt: AttemptRecord = {
    ...open,
    model: completion.ok ? completion.model : open.model,
    latencyMs: clock.elapsed() - started,
    outcome: outcomeOf(completion, stage),
    usage,
    costMicros,
  }
  if (completion.ok) calls.backend.hasAnswered = true
  else if (completion.failure.kind === 'rate_limited' && completion.failure.retryAfterMs !== null)
    limiter.closeFor(completion.failure.retryAfterMs)
  journal.ended(attempt)
  return attempt
}

function outcomeOf(completion: Completion, stage: PlannedModelStage): AttemptOutcome {
  if (!completion.ok) return { status: 'failed', failure: completion.failure }
  const answer = readAnswer(completion.text, stage.check)
  return answer.ok
    ? { status: 'succeeded', text: completion.text, output: answer.output }
    : { status: 'failed', failure: answer.failure }
}

/** The backend's answer, or the failure that time or the person made of it. */
async function complete(stage: PlannedModelStage, calls: ModelCalls, request: CompletionRequest): Promise<Completion> {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), stage.timeoutMs)
  try {
    return await calls.model.backend.complete(request, AbortSignal.any([timeout.signal, calls.abort]))
  } catch (reason) {
    if (calls.abort.aborted)
      return {
        ok: false,
        failure: { kind: 'cancelled', message: 'Given up when the run was stopped; it may have been billed.' },
        usage: null,
      }
    if (!timeout.signal.aborted) throw reason
    const failure: Failure = {
      kind: 'timeout',
      afterMs: stage.timeoutMs,
      message: `No answer within ${stage.timeoutMs / 1000} s.`,
    }
    return { ok: false, failure, usage: null }
  } finally {
    clearTimeout(timer)
  }
}

function pauseReason(failure: Failure, stage: PlannedModelStage): PauseReason {
  const kind = failure.kind === 'auth' ? 'auth' : 'backend'
  return { kind, message: `Tier ${stage.tier} (stage ${stage.id}): ${failure.message}` }
}
