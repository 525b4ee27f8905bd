import type { TriedCell, TriedStage } from '../../../shared/triedCell.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { StageObservation } from '../../core/estimate/stageSample.ts'
import type { ModelPath } from './modelPaths.ts'

/** What the sampled items came to: stage path → tier → place of the item among those that can be read. */
export type Observations = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, StageObservation>>>

const NOT_REACHED: StageObservation = {
  reached: false,
  calls: 0,
  attempts: 0,
  usage: NO_USAGE,
  latencyMs: 0,
  costMicros: 0,
  isEscalated: false,
}

/** `tierOf`: which tier a variant asks at a stage; `placeOf`: -1 of an item that is not among those that can be read. */
export function observations(
  paths: readonly ModelPath[],
  cells: readonly TriedCell[],
  of: { tierOf(variant: string, path: ModelPath): string; placeOf(index: number): number },
): Observations {
  const all = new Map<string, Map<string, Map<number, StageObservation>>>()
  // The answers of the chain as it is drawn come first: where a tier was asked in both, they are the same anyway.
  for (const cell of cells) {
    const place = of.placeOf(cell.item.index)
    if (place < 0 || cell.run === '' || wasNeverAsked(cell)) continue
    for (const path of paths) {
      const tiers = all.get(path.path) ?? new Map()
      all.set(path.path, tiers)
      const tier = of.tierOf(cell.variant, path)
      const observed = tiers.get(tier) ?? new Map()
      tiers.set(tier, observed)
      if (observed.has(place)) continue
      const tried = cell.stages[path.path]
      observed.set(place, tried === undefined ? NOT_REACHED : observation(tried, tier))
    }
  }
  return all
}

function observation(tried: TriedStage, tier: string): StageObservation {
  const { questions: calls, attempts, usage, latencyMs, costMicros } = tried
  return { reached: true, calls, attempts, usage, latencyMs, costMicros, isEscalated: tried.tier !== tier }
}

/** No call of it came to an answer that was counted: the backend was not to be had, which says nothing of the item. */
function wasNeverAsked({ status, stages }: TriedCell): boolean {
  const tried = Object.values(stages)
  return (
    status === 'failed' && tried.length > 0 && tried.every(({ usage }) => usage.inputTokens + usage.outputTokens === 0)
  )
}
