import type { Scope } from '../core/expression.ts'
import type { PlannedModelStage } from '../core/plan.ts'
import { askCell } from './askCell.ts'
import type { Cell, StageOutcome } from './modelCell.ts'
import { renderModelStage } from './renderModelStage.ts'

// What a stage's callers need of it stands together here.
export type { CellJournal, ModelCalls, StageOutcome } from './modelCell.ts'
export { type RenderedStage, renderModelStage } from './renderModelStage.ts'

/** Runs one cell of a model stage to its end. */
export async function runModelStage(stage: PlannedModelStage, scope: Scope, cell: Cell): Promise<StageOutcome> {
  const { room } = cell.calls
  room.enter()
  try {
    const rendered = await renderModelStage(stage, scope)
    if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
    const { instructions, ownInstructions, prompt } = rendered
    return await askCell(
      stage,
      { instructions, storedInstructions: ownInstructions, images: [], prompt: () => ({ ok: true, text: prompt }) },
      cell,
    )
  } finally {
    room.leave()
  }
}
