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

/** A chain is asked for its stages by many, a large one thousands of times in one gesture, and is never changed in place. */
const known = new WeakMap<Chain['stages'], StageTree>()

interface StageTree {
  readonly all: readonly PlacedStage[]
  readonly byId: ReadonlyMap<string, PlacedStage>
}

/** Every stage of a chain, each map before the stages inside it, in document order. */
export function allStages({ stages }: Pick<Chain, 'stages'>): readonly PlacedStage[] {
  return treeOf(stages).all
}

/** The first of that id in document order; null: there is no such stage. */
export function findStage({ stages }: Pick<Chain, 'stages'>, id: string): PlacedStage | null {
  return treeOf(stages).byId.get(id) ?? null
}

function treeOf(stages: Chain['stages']): StageTree {
  const made = known.get(stages)
  if (made !== undefined) return made
  const all = stagesIn(stages, ['stages'], null)
  // Of two with one id, which is an error of the chain, the first.
  const tree = { all, byId: new Map(all.toReversed().map((placed) => [placed.id, placed])) }
  known.set(stages, tree)
  return tree
}

function stagesIn(stages: { readonly [id: string]: Stage }, path: YamlPath, map: string | null): PlacedStage[] {
  return Object.entries(stages).flatMap(([id, stage]) => {
    const placed: PlacedStage = { id, stage, path: [...path, id], map }
    return stage.kind === 'map' ? [placed, ...stagesIn(stage.stages, [...placed.path, 'stages'], id)] : [placed]
  })
}
