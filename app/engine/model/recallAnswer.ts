import type { PlannedModelStage } from '../../core/plan.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import type { Cell, StageOutcome } from './modelCell.ts'

/**
 * The answer that memory has to one of a cell's questions, written down as what the cell came to. null: memory has none;
 * the cell is as it was.
 */
export function recallAnswer(
  stage: PlannedModelStage,
  { asks, number }: { asks: readonly (string | null)[]; number: number },
  { calls, journal }: Cell,
): Extract<StageOutcome, { kind: 'succeeded' }> | null {
  const named = asks.filter((ask) => ask !== null)
  const maxTokens = stage.maxTokens ?? calls.own.model.maxTokens
  const { run, lane, index, path } = journal
  const known = calls.memory.recall(named, maxTokens, calls.takesFromOthers ? null : { run, lane, index, stage: path })
  if (known?.outcome.status !== 'succeeded') return null
  const attempt: AttemptRecord = {
    ...known,
    run,
    lane,
    index,
    stage: path,
    number,
    purpose: 'remembered',
    rememberedFrom: known.run,
    startedAt: calls.clock.now(),
    // What was asked can be worked out from the chain, and stands in the attempt that asked it.
    request: { instructions: null, messages: [] },
    reservedMicros: null,
    pack: null,
    forgotten: false,
  }
  journal.remembered(attempt)
  return { kind: 'succeeded', output: known.outcome.output }
}
