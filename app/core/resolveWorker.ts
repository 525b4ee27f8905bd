import type { ModelStage } from '../../shared/stages.ts'
import type { Worker } from '../../shared/worker.ts'

/**
 * A model stage with what its worker says filled in: keys of the stage override the worker's own. What the worker knows
 * comes first, what the stage adds behind it. Without a `prompt` on either, the stage's `input`, without that the item,
 * is the user message as JSON indented by two spaces (engine/model/modelStage.ts), which is the shape such workers are written for.
 */
export function resolveWorker(stage: ModelStage, worker: Worker): ModelStage {
  const { name: _name, description: _description, knowledge = [], ...task } = worker
  const { worker: _worker, ...own } = stage
  const known = [...knowledge, ...(stage.knowledge ?? [])]
  // A key that is there but undefined says nothing, and must not hide the worker's.
  const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as typeof own
  return { ...task, ...said, ...(known.length === 0 ? {} : { knowledge: known }) }
}
