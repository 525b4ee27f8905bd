import type { Json } from '../../../shared/json.ts'
import { splitMessage } from '../../core/fitMessage.ts'
import { type MessagePiece, messageText } from '../../core/messagePieces.ts'
import { isQuestionTooLong } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import { countTokens } from '../../core/tokens.ts'
import { askCell, type Question } from './askCell.ts'
import { type Cell, cellBelow, type StageOutcome } from './modelCell.ts'

/** A question whose message is too long for one call. */
interface LongQuestion extends Question {
  readonly pieces: readonly MessagePiece[]
  /** Tokens that one message may have. */
  readonly room: number
  /** How many times over it is part of a longer one. */
  readonly depth: number
}

const MAX_PARTS = 200
/** Parts in flight at once: one item is not to take all of a backend. */
const PARTS_IN_FLIGHT = 4
/** A part that the model still finds too long is cut in its turn, so often. */
const MAX_DEPTH = 4

/**
 * Asks about a long text part by part, each part a cell of its own (`draft/part-2`), and has the answers made one by a last
 * call (`draft/combine`) with the same instructions and schema. Answers that do not fit in one call are combined in rounds,
 * of which each must leave fewer.
 */
export async function askInParts(stage: PlannedModelStage, question: LongQuestion, cell: Cell): Promise<StageOutcome> {
  const { room, depth } = question
  const split = splitMessage(question.pieces, room)
  if (split === null) return tooLong('What stands around the longest value leaves no room for it in a call.')
  const { parts, around } = split
  if (parts.length > MAX_PARTS)
    return tooLong(`It would have to be asked in ${parts.length} parts; ${MAX_PARTS} are the most.`)
  const answers = await inPool(parts, async (pieces, index) => {
    const part: LongQuestion = { ...question, pieces, prompt: () => ({ ok: true, text: messageText(pieces) }) }
    const own = cellBelow(cell, `part-${index + 1}`)
    const outcome = await askCell(stage, part, own)
    const isTooLong = outcome.kind === 'failed' && isQuestionTooLong(outcome.failure)
    return isTooLong && depth < MAX_DEPTH
      ? askInParts(stage, { ...part, room: Math.floor(countTokens(messageText(pieces)) / 2), depth: depth + 1 }, own)
      : outcome
  })
  return isOutputs(answers) ? combine(stage, { ...question, images: [], around }, { cell, answers }) : answers
}

type Outputs = readonly Json[] | Exclude<StageOutcome, { kind: 'succeeded' }>

async function combine(
  stage: PlannedModelStage,
  question: LongQuestion & { readonly around: string },
  { cell, answers }: { cell: Cell; answers: readonly Json[] },
): Promise<StageOutcome> {
  let left = answers
  for (let round = 1; ; round++) {
    const groups = groupsThatFit(left, question)
    if (groups.length >= left.length && left.length > 1)
      return tooLong('The answers to its parts are too long to be combined.')
    const isLast = groups.length === 1
    const combined = await inPool(groups, (group, index): Promise<StageOutcome> => {
      const [only] = group
      if (group.length === 1 && only !== undefined && !isLast)
        return Promise.resolve({ kind: 'succeeded', output: only })
      const own = cellBelow(cell, isLast ? 'combine' : `combine-${round}-${index + 1}`)
      const text = combiningText(group, question.around)
      return askCell(stage, { ...question, prompt: () => ({ ok: true, text }) }, own)
    })
    if (!isOutputs(combined)) return combined
    left = combined
    if (isLast) return { kind: 'succeeded', output: left[0] ?? null }
  }
}

function combiningText(answers: readonly Json[], around: string): string {
  const parts = answers.map((answer, index) => {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
    return `--- Part ${index + 1} of ${answers.length} ---\n${text}`
  })
  return [
    'Combine the answers below into one answer to the whole, in the same form.',
    `The text was too long for one question. The same was asked of each of its parts:\n\n${around}`,
    ...parts,
  ].join('\n\n')
}

/** Neighbours together, as many as one message can hold. */
function groupsThatFit(
  answers: readonly Json[],
  { around, room }: { around: string; room: number },
): readonly (readonly Json[])[] {
  const fixed = countTokens(combiningText([], around))
  const groups: Json[][] = []
  let tokens = 0
  for (const answer of answers) {
    const own = countTokens(combiningText([answer], '')) - countTokens(combiningText([], ''))
    const last = groups.at(-1)
    if (last === undefined || fixed + tokens + own > room) {
      groups.push([answer])
      tokens = own
    } else {
      last.push(answer)
      tokens += own
    }
  }
  return groups
}

/** Runs what is given, a few at a time; the first that fails keeps further ones from starting. */
async function inPool<T>(
  entries: readonly T[],
  run: (entry: T, index: number) => Promise<StageOutcome>,
): Promise<Outputs> {
  const outcomes: StageOutcome[] = []
  const rest = entries.entries()
  const work = async () => {
    for (const [index, entry] of rest) {
      if (outcomes.some((outcome) => outcome.kind !== 'succeeded')) return
      outcomes[index] = await run(entry, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARTS_IN_FLIGHT, entries.length) }, work))
  const ended = outcomes.filter((outcome) => outcome !== undefined)
  const suspended = ended.find((outcome) => outcome.kind === 'suspended')
  const failed = ended.find((outcome) => outcome.kind === 'failed')
  return suspended ?? failed ?? ended.flatMap((outcome) => (outcome.kind === 'succeeded' ? [outcome.output] : []))
}

function isOutputs(outputs: Outputs): outputs is readonly Json[] {
  return Array.isArray(outputs)
}

function tooLong(why: string): StageOutcome {
  return { kind: 'failed', failure: { kind: 'too_long', raw: null, message: `The input is too long. ${why}` } }
}
