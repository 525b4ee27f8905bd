import type { Scope } from '../../core/expression.ts'
import { nextAttempt } from '../../core/nextAttempt.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import { joinPack } from '../pack/joinPack.ts'
import { type Asked, askFitting } from './askFitting.ts'
import { type Cell, cellWith, type StageOutcome } from './modelCell.ts'
import { recallAnswer } from './recallAnswer.ts'
import { renderModelStage } from './renderModelStage.ts'
import { stageImages } from './stageImages.ts'

// What a stage's callers need of it stands together here.
export type { CellJournal, StageOutcome } from './modelCell.ts'

/** Runs one cell of a model stage to its end: together with other items where the stage packs, else by itself. */
export async function runModelStage(stage: PlannedModelStage, scope: Scope, cell: Cell): Promise<StageOutcome> {
  const { room } = cell.calls
  room.enter()
  try {
    return await run(stage, scope, cell)
  } finally {
    room.leave()
  }
}

async function run(stage: PlannedModelStage, scope: Scope, cell: Cell): Promise<StageOutcome> {
  const { calls, journal } = cell
  const own = journal.attempts.filter((attempt) => attempt.stage === journal.path)
  const step = nextAttempt(
    own.filter((attempt) => !attempt.forgotten),
    stage.policy,
    0,
  )
  if (step.kind === 'succeeded') return step
  const rendered = await renderModelStage(stage, scope)
  if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
  const read = await stageImages(stage, scope, calls)
  if (!read.ok) return { kind: 'failed', failure: read.failure }
  const asked = { rendered, scope, images: read.images }
  // A model cannot tell which of many items an image belongs to.
  const mayShare = step.kind === 'call' && step.purpose === 'first' && asked.images.length === 0
  if (stage.pack === null || !mayShare) return askFitting(stage, asked, cell)

  const recalled = recallShared(stage, asked, { cell, number: own.length + 1 })
  if (recalled.outcome !== null) return recalled.outcome
  const attempts = [...own]
  const shared = await joinPack(stage, { pack: stage.pack, rendered, scope, attempts, ask: recalled.ask }, cell)
  if (shared.kind !== 'alone') return shared
  const below = journal.attempts.filter((attempt) => attempt.stage !== journal.path)
  const outcome = await askFitting(stage, asked, cellWith(cell, [...attempts, ...below]))
  if (outcome.kind === 'succeeded') calls.room.answeredAlone(stage)
  return outcome
}

/** What memory has for an item that shares calls: an answer of a shared call, or one of its own, which is no worse. */
function recallShared(
  stage: PlannedModelStage,
  { rendered }: Asked,
  { cell, number }: { cell: Cell; number: number },
): { readonly ask: string; readonly outcome: StageOutcome | null } {
  const { memory, own } = cell.calls
  const { instructions, prompt } = rendered
  const question = { stage, targets: [own], instructions, prompt, images: [] }
  const ask = memory.ask({ ...question, isShared: true })
  const asks = [ask, memory.ask({ ...question, isShared: false })]
  return { ask, outcome: recallAnswer(stage, { asks, number }, cell) }
}
