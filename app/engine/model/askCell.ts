import type { Failure } from '../../../shared/failure.ts'
import type { AttemptOutcome } from '../../../shared/trace.ts'
import { readAnswer } from '../../core/answer.ts'
import { isQuestionTooLong, nextAttempt } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { Completion, CompletionRequest, ImageData, Message } from '../../ports/backend.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import { callModel, standsStill, waits } from './callModel.ts'
import type { CallTarget, Cell, StageOutcome } from './modelCell.ts'

/** What one cell asks its model, in the ordinary way: a call of its own. */
export interface Question {
  /** The system prompt as it is sent. */
  readonly instructions: string | null
  /** As it is stored: without what stands in the frozen files of the run. */
  readonly storedInstructions: string | null
  readonly images: readonly ImageData[]
  /** The user message; `cuts`: how often the model has found it too long. */
  prompt(cuts: number): PromptRead | Promise<PromptRead>
}

export type PromptRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly failure: Failure }

/** Asks until the attempts so far say that the cell is decided (core/nextAttempt.ts). */
export async function askCell(stage: PlannedModelStage, question: Question, cell: Cell): Promise<StageOutcome> {
  const { calls, journal } = cell
  const attempts = journal.attempts.filter((attempt) => attempt.stage === journal.path)
  for (;;) {
    const counted = attempts.filter((attempt) => !attempt.forgotten)
    const step = nextAttempt(counted, stage.policy, calls.clock.random())
    if (step.kind === 'succeeded') return step
    if (step.kind === 'failed') {
      const target = targetOf(
        cell,
        counted.some(({ purpose }) => purpose === 'escalate'),
      )
      return standsStill(stage, step.failure, { calls, target }) ? { kind: 'suspended' } : step
    }
    if (step.purpose === 'retry' && step.delayMs > 0) {
      journal.state('retrying')
      if (!(await waits(calls, step.delayMs))) return { kind: 'suspended' }
    }
    const prompt = await question.prompt(counted.filter(wasTooLong).length)
    if (!prompt.ok) return { kind: 'failed', failure: prompt.failure }
    const target = targetOf(cell, step.isEscalated)
    const request = buildRequest(stage, question, {
      messages: [
        { role: 'user', text: prompt.text, ...(question.images.length === 0 ? {} : { images: question.images }) },
        ...(step.purpose === 'repair' ? repairTurn(counted) : []),
      ],
      target,
    })
    const attempt = await askOnce(cell, {
      stage,
      target,
      request,
      storedInstructions: question.storedInstructions,
      purpose: step.purpose,
      number: attempts.length + 1,
    })
    if (attempt === null) return { kind: 'suspended' }
    attempts.push(attempt)
    if (attempt.outcome.status === 'failed' && attempt.outcome.failure.kind === 'cancelled')
      return { kind: 'suspended' }
  }
}

function targetOf({ calls }: Cell, isEscalated: boolean): CallTarget {
  return isEscalated ? (calls.escalation ?? calls.own) : calls.own
}

function wasTooLong({ outcome, pack }: AttemptRecord): boolean {
  return pack === null && outcome.status === 'failed' && isQuestionTooLong(outcome.failure)
}

function buildRequest(
  stage: PlannedModelStage,
  { instructions }: Question,
  { messages, target }: { messages: readonly Message[]; target: CallTarget },
): CompletionRequest {
  return {
    model: target.model.model,
    instructions,
    keepInstructions: stage.keepInstructions,
    messages,
    schema: stage.schema,
    maxTokens: stage.maxTokens ?? target.model.maxTokens,
    parameters: stage.parameters,
  }
}

/** The last invalid answer, and what is wrong with it. */
function repairTurn(attempts: readonly AttemptRecord[]): readonly Message[] {
  const last = attempts.findLast(
    ({ outcome, pack }) => pack === null && outcome.status === 'failed' && outcome.failure.kind === 'invalid_output',
  )
  if (last?.outcome.status !== 'failed' || last.outcome.failure.kind !== 'invalid_output') return []
  const { raw, problems } = last.outcome.failure
  const wrong = problems.map((problem) => `- ${problem}`).join('\n')
  return [
    { role: 'assistant', text: raw === '' ? '(empty)' : raw },
    {
      role: 'user',
      text: `That answer does not fit the schema:\n${wrong}\nAnswer again with the corrected JSON only.`,
    },
  ]
}

interface OneAttempt {
  readonly stage: PlannedModelStage
  readonly target: CallTarget
  readonly request: CompletionRequest
  readonly storedInstructions: string | null
  readonly purpose: AttemptRecord['purpose']
  readonly number: number
}

/** One attempt: written down before the call, closed once after it. null: the run is pausing, no call was made. */
async function askOnce({ calls, journal }: Cell, asked: OneAttempt): Promise<AttemptRecord | null> {
  const { stage, target, request, storedInstructions, purpose, number } = asked
  const open = (): AttemptRecord => ({
    run: journal.run,
    lane: journal.lane,
    index: journal.index,
    stage: journal.path,
    number,
    purpose,
    tier: target.tier,
    model: request.model,
    startedAt: calls.clock.now(),
    latencyMs: null,
    request: { instructions: storedInstructions, messages: request.messages.map(withImageNames) },
    outcome: { status: 'running' },
    usage: null,
    costMicros: null,
    rememberedFrom: null,
    reservedMicros: null,
    pack: null,
    forgotten: false,
  })
  let started: AttemptRecord | null = null
  const made = await callModel({
    calls,
    target,
    request,
    timeoutMs: stage.timeoutMs,
    answers: 1,
    starts: () => {
      started = open()
      journal.state('running')
      journal.started(started)
    },
  })
  if (made === null || started === null) return null
  const { completion, latencyMs, costMicros } = made
  const attempt: AttemptRecord = {
    ...(started as AttemptRecord),
    ...(completion.ok ? { model: completion.model } : {}),
    latencyMs,
    outcome: outcomeOf(completion, stage),
    usage: completion.usage,
    costMicros,
  }
  journal.ended(attempt)
  return attempt
}

function withImageNames({ role, text, images }: Message): AttemptRecord['request']['messages'][number] {
  return images === undefined ? { role, text } : { role, text, images: images.map(({ name }) => name) }
}

function outcomeOf(completion: Completion, stage: PlannedModelStage): AttemptOutcome {
  if (!completion.ok) return { status: 'failed', failure: completion.failure }
  const answer = readAnswer(completion.text, stage.check)
  return answer.ok
    ? { status: 'succeeded', text: completion.text, output: answer.output }
    : { status: 'failed', failure: answer.failure }
}
