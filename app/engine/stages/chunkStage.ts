import { chunkText } from '../../core/chunkText.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedChunkStage } from '../../core/plan.ts'
import type { StageOutcome } from '../model/modelStage.ts'

/** Gives `{text, index, start, end}` for each chunk. */
export async function runChunkStage(stage: PlannedChunkStage, scope: Scope): Promise<StageOutcome> {
  const text = await stage.text.evaluate(scope)
  if (!text.ok) return { kind: 'failed', failure: text.failure }
  if (typeof text.value !== 'string')
    return invalid(`There is no text to cut: \`text\` of ${stage.id} is ${kindOf(text.value)}.`)
  const chunked = chunkText(text.value, stage)
  return chunked.ok
    ? { kind: 'succeeded', output: chunked.chunks.map((chunk) => ({ ...chunk })) }
    : invalid(chunked.message)
}

function invalid(message: string): StageOutcome {
  return { kind: 'failed', failure: { kind: 'invalid_input', message } }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value)}`
}
