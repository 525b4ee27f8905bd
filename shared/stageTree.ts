import type { Chain } from './chain.ts'
import type { Stage } from './stages.ts'
import type { YamlPath } from './yamlProblems.ts'

/** A stage and where it stands: at the top of a chain, or inside a map. */
export interface PlacedStage {
  readonly id: string
  readonly stage: Stage
  /** From the chain's root: `['stages', 'sections', 'stages', 'draft']`. */
  readonly path: YamlPath
  /** The map that holds it; null: the chain itself. */
  readonly map: string | null
}

/** Every stage of a chain, each map before the stages inside it, in document order. */
export function allStages(chain: Pick<Chain, 'stages'>): readonly PlacedStage[] {
  return stagesIn(chain.stages, ['stages'], null)
}

function stagesIn(stages: { readonly [id: string]: Stage }, path: YamlPath, map: string | null): PlacedStage[] {
  return Object.entries(stages).flatMap(([id, stage]) => {
    const placed: PlacedStage = { id, stage, path: [...path, id], map }
    return stage.kind === 'map' ? [placed, ...stagesIn(stage.stages, [...placed.path, 'stages'], id)] : [placed]
  })
}

/** null: there is no such stage. */
export function findStage(chain: Pick<Chain, 'stages'>, id: string): PlacedStage | null {
  return allStages(chain).find((placed) => placed.id === id) ?? null
}
