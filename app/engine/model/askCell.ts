import type { Failure } from '../../../shared/failure.ts'
import type { AttemptOutcome } from '../../../shared/trace.ts'
import { readAnswer } from '../../core/answer.ts'
import { DEFAULT_MAX_TOKENS } from '../../core/mostTokens.ts'
import { isQuestionTooLong, nextAttempt } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { Completion, CompletionRequest, ImageData, Message } from '../../ports/backend.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import type { Budget } from './budget.ts'
import { callModel, standsStill, waits } from './callModel.ts'
import type { CallTarget, Cell, ModelCalls, StageOutcome } from './modelCell.ts'
import { isPaid } from './mostMicros.ts'
import { recallAnswer } from './recallAnswer.ts'

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
  const own = journal.attempts.filter((attempt) => attempt.stage === journal.path)
  const counted = own.filter((attempt) => !attempt.forgotten)
  if (nextAttempt(counted, stage.policy, 0).kind !== 'call') return askAnew(stage, question, { cell, asks: null })
  const first = await question.prompt(0)
  if (!first.ok) return { kind: 'failed', failure: first.failure }
  const asks = asksOf(stage, { ...question, text: first.text }, calls)
  // What is in the middle of its tries goes on with them.
  if (counted.length > 0) return askAnew(stage, question, { cell, asks })
  const recall = () => recallAnswer(stage, { asks: [asks.own, asks.escalated], number: own.length + 1 }, cell)
  const known = recall()
  if (known !== null) return known
  if (!calls.takesFromOthers) return askAnew(stage, question, { cell, asks })
  const end = await calls.memory.alone(asks.own, calls.suspend)
  if (end === null) return { kind: 'suspended' }
  try {
    // Somebody may have asked the same meanwhile.
    return recall() ?? (await askAnew(stage, question, { cell, asks }))
  } finally {
    end()
  }
}

/** A cell's question as memory knows it: answered by its own tier, or by the better one in its place. */
interface Asks {
  readonly own: string
  readonly escalated: string | null
}

function asksOf(stage: PlannedModelStage, asked: Question & { text: string }, calls: ModelCalls): Asks {
  const { own, escalation, memory } = calls
  const { instructions, text: prompt, images } = asked
  const shown = images.map(({ base64 }) => base64)
  const question = { stage, instructions, prompt, images: shown, isShared: false }
  return {
    own: memory.ask({ ...question, targets: [own] }),
    escalated: escalation === null ? null : memory.ask({ ...question, targets: [own, escalation] }),
  }
}

async function askAnew(
  stage: PlannedModelStage,
  question: Question,
  { cell, asks }: { cell: Cell; asks: Asks | null },
): Promise<StageOutcome> {
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
      journal.state('retrying', calls.clock.now() + step.delayMs)
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
      budget: calls.budget,
    })
    const attempt = await askOnce(cell, {
      stage,
      target,
      request,
      storedInstructions: question.storedInstructions,
      purpose: step.purpose,
      number: attempts.length + 1,
      ask: (step.isEscalated ? asks?.escalated : asks?.own) ?? null,
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
  { messages, target, budget }: { messages: readonly Message[]; target: CallTarget; budget: Budget },
): CompletionRequest {
  const limit = stage.maxTokens ?? target.model.maxTokens
  return {
    model: target.model.model,
    instructions,
    keepInstructions: stage.keepInstructions,
    messages,
    schema: stage.schema,
    maxTokens: limit ?? (budget.isLimited && isPaid(target.model) ? DEFAULT_MAX_TOKENS : null),
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
  readonly ask: string | null
}

/** One attempt: written down before the call, closed once after it. null: the run is pausing, no call was made. */
async function askOnce({ calls, journal }: Cell, asked: OneAttempt): Promise<AttemptRecord | null> {
  const { stage, target, request, storedInstructions, purpose, number, ask } = asked
  const open = (reservedMicros: number | null): AttemptRecord => ({
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
    reservedMicros,
    ask,
    pack: null,
    forgotten: false,
  })
  let started: AttemptRecord | null = null
  const made = await callModel({
    calls,
    target,
    request,
    timeoutMs: stage.timeoutMs,
    starts: (reservedMicros) => {
      started = open(reservedMicros)
      journal.state('running')
      journal.started(started)
    },
  })
  if (made === null || started === null) return null
  const { completion, latencyMs, costMicros, uncertainMicros } = made
  const attempt: AttemptRecord = {
    ...(started as AttemptRecord),
    ...(completion.ok ? { model: completion.model } : {}),
    latencyMs,
    outcome: outcomeOf(completion, stage),
    usage: completion.usage,
    costMicros,
    reservedMicros: uncertainMicros,
  }
  calls.memory.keep(attempt)
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
