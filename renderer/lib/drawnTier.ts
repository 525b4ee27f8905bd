import type { WorkerEntry } from '../../shared/api.ts'
import { DEFAULT_TIER, type Stage } from '../../shared/stages.ts'

/** The tier that the chain says, or the worker that the stage names; null: the stage calls no model. */
export function drawnTier(stage: Stage, workers: readonly Pick<WorkerEntry, 'name' | 'tier'>[]): string | null {
  if (stage.kind !== 'model') return null
  const worker = workers.find(({ name }) => name === stage.worker)
  return stage.tier ?? worker?.tier ?? DEFAULT_TIER
}
