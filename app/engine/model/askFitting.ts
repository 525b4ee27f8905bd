import type { JsonObject } from '../../../shared/json.ts'
import { parseTemplate } from '../../../shared/template.ts'
import { compileValue, type Scope } from '../../core/expression.ts'
import { cutMessage } from '../../core/fitMessage.ts'
import { type MessagePiece, messageText } from '../../core/messagePieces.ts'
import { isQuestionTooLong } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import { countTokens, loadTokenizer } from '../../core/tokens.ts'
import type { ImageData } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'
import { askCell, type PromptRead, type Question } from './askCell.ts'
import { askInParts } from './askInParts.ts'
import type { Cell, StageOutcome } from './modelCell.ts'
import { promptScope, type RenderedQuestion } from './renderModelStage.ts'

/** What is asked, and from what it was made. */
export interface Asked {
  readonly rendered: RenderedQuestion
  readonly scope: Scope
  readonly images: readonly ImageData[]
}

/** What a question that the model finds too long is cut to, each time. */
const CUT = 0.7

/**
 * Asks one cell in the ordinary way. A question over the limit fails before any call, is cut, or is asked in parts, as
 * the stage says (`tooLong`). The limit is the stage's `maxInputTokens`, without one what the model's context leaves beside
 * the answer, and where that is not known only what the provider says.
 */
export async function askFitting(stage: PlannedModelStage, asked: Asked, cell: Cell): Promise<StageOutcome> {
  const { rendered, images } = asked
  const { instructions, ownInstructions, prompt } = rendered
  const limit = inputLimit(stage, cell.calls.own.model)
  const whole: Question = {
    instructions,
    storedInstructions: ownInstructions,
    images,
    prompt: () => ({ ok: true, text: prompt }),
  }
  const tokens = limit === null ? null : await tokensOver(limit, stage, rendered)
  if (tokens !== null && stage.tooLong === 'fail') return tooLong(tokens, stage, limit)
  if (stage.tooLong === 'truncate') {
    const cut = (cuts: number) =>
      tokens === null && cuts === 0 ? whole.prompt(0) : cutPrompt(stage, asked, { limit, cuts })
    return askCell(stage, { ...whole, prompt: cut }, cell)
  }
  if (tokens === null) {
    const outcome = await askCell(stage, whole, cell)
    if (stage.tooLong === 'fail' || outcome.kind !== 'failed' || !isQuestionTooLong(outcome.failure)) return outcome
  }
  const pieces = await messagePieces(stage, asked)
  await loadTokenizer()
  // A model that found the question too long without a limit that we know of gets half as much at a time.
  const most = tokens === null ? Math.ceil(fixedTokens(stage, rendered) + countTokens(prompt) / 2) : (limit ?? tokens)
  return askInParts(stage, { ...whole, pieces, room: most - fixedTokens(stage, rendered), depth: 0 }, cell)
}

/** Tokens that a call of the stage may send; null: nobody says. */
export function inputLimit({ maxInputTokens, maxTokens }: PlannedModelStage, model: TierModel): number | null {
  if (maxInputTokens !== null) return maxInputTokens
  const { contextTokens } = model
  if (contextTokens === null) return null
  return Math.max(1, contextTokens - (maxTokens ?? model.maxTokens ?? Math.ceil(contextTokens / 4)))
}

/** How many tokens a question over the limit has; null: it fits. */
export async function tokensOver(
  limit: number,
  stage: PlannedModelStage,
  rendered: RenderedQuestion,
): Promise<number | null> {
  // A token has at least one byte: most questions need not be counted.
  const bytes = Buffer.byteLength(rendered.instructions ?? '') + Buffer.byteLength(rendered.prompt)
  if (bytes + Buffer.byteLength(schemaText(stage)) <= limit) return null
  await loadTokenizer()
  const tokens = fixedTokens(stage, rendered) + countTokens(rendered.prompt)
  return tokens <= limit ? null : tokens
}

/** Of what is sent beside the message. */
function fixedTokens(stage: PlannedModelStage, { instructions }: RenderedQuestion): number {
  return countTokens(instructions ?? '') + countTokens(schemaText(stage))
}

/** The same for every item of a run. */
const schemaTexts = new WeakMap<JsonObject, string>()

function schemaText({ schema }: PlannedModelStage): string {
  if (schema === null) return ''
  const text = schemaTexts.get(schema) ?? JSON.stringify(schema)
  schemaTexts.set(schema, text)
  return text
}

async function cutPrompt(
  stage: PlannedModelStage,
  asked: Asked,
  { limit, cuts }: { limit: number | null; cuts: number },
): Promise<PromptRead> {
  const pieces = await messagePieces(stage, asked)
  await loadTokenizer()
  const fixed = fixedTokens(stage, asked.rendered)
  const tokens = fixed + countTokens(messageText(pieces))
  const most = Math.floor(Math.min(limit ?? tokens, tokens) * CUT ** cuts)
  const text = cutMessage(pieces, most - fixed)
  return text === null ? { ok: false, failure: tooLong(fixed, stage, most).failure } : { ok: true, text }
}

/** The message in its parts. The expressions are worked out once more, each by itself: it is seldom needed. */
async function messagePieces(stage: PlannedModelStage, { rendered, scope }: Asked): Promise<readonly MessagePiece[]> {
  const { subject, input } = rendered
  const template = stage.promptText === null ? null : parseTemplate(stage.promptText).template
  if (template === null || template.exact) return [{ kind: 'value', value: subject }]
  const seen = promptScope(stage, scope, input ?? scope.item ?? scope.items ?? null)
  const pieces: MessagePiece[] = []
  for (const part of template.parts) {
    if (part.kind === 'text') {
      pieces.push({ kind: 'written', text: part.text })
      continue
    }
    const value = await compileValue(`{{ ${part.source} }}`, stage.id).evaluate(seen)
    // It has been worked out before, for the whole prompt.
    pieces.push({ kind: 'value', value: value.ok ? value.value : null })
  }
  return pieces
}

function tooLong(
  tokens: number,
  stage: PlannedModelStage,
  limit: number | null,
): Extract<StageOutcome, { kind: 'failed' }> {
  const how =
    stage.tooLong === 'fail'
      ? 'Shorten the input, or have it cut or asked in parts (`tooLong`).'
      : 'What stands around the longest value leaves no room for it: shorten the prompt or the instructions.'
  const from = stage.maxInputTokens === null ? 'what the model can take' : '`maxInputTokens`'
  const message = `The input has about ${tokens} tokens, over the limit of ${limit ?? 'the model'} (${from}). ${how}`
  return { kind: 'failed', failure: { kind: 'too_long', raw: null, message } }
}
