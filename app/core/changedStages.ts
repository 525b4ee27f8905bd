import type { Chain } from '../../shared/chain.ts'
import type { LaunchOptions } from '../../shared/run.ts'
import { allStages } from '../../shared/stageTree.ts'
import type { Plan } from './plan.ts'

/** One state of a run's chain, as far as it decides what stages do. */
export interface ChainState {
  readonly chain: Chain
  readonly options: Pick<LaunchOptions, 'tiers' | 'stages' | 'params'>
  /** Texts of the files that it uses, by path. */
  readonly files: { readonly [path: string]: string }
  readonly plan: Plan
}

/**
 * Why a run cannot go on by another chain: its items, its grid and its groups are made of these stages. null: it can.
 * What is new in it must be launched; unchanged stages then come from memory.
 */
export function cannotReplace(before: Plan, after: Plan): string | null {
  const shape = (plan: Plan) =>
    JSON.stringify(plan.lanes.map(({ stages, ends }) => [stages.map(({ id, kind }) => [id, kind]), ends?.id ?? null]))
  if (shape(before) === shape(after)) return null
  return 'The chain has other stages than the run, or they stand in another order. A run can go on with other prompts, schemas, tiers and limits of the same stages; launch the chain anew for more: what is asked as before comes from memory.'
}

/**
 * The chain's own stages that may give something else now, each with all that builds on it: what of them was done is not
 * taken over. A stage whose question turns out to be the same gets its answer from memory.
 */
export function changedStages(before: ChainState, after: ChainState): { own: string[]; withDependents: string[] } {
  const isAllChanged =
    JSON.stringify([before.chain.params, before.options.params]) !==
    JSON.stringify([after.chain.params, after.options.params])
  const own = allStages(after.chain).filter(({ id }) => isAllChanged || stateOf(before, id) !== stateOf(after, id))
  const roots = new Set(own.map(({ path }) => String(path[1])))
  const changed = new Set<string>()
  let isLaneChanged = false
  for (const { stages, ends } of after.plan.lanes) {
    for (const stage of stages) {
      const isBuiltOnChanged = stage.dependsOn.some((column) => changed.has(stages[column]?.id ?? ''))
      if (isLaneChanged || roots.has(stage.id) || isBuiltOnChanged) changed.add(stage.id)
    }
    isLaneChanged ||= changed.size > 0 || (ends !== null && roots.has(ends.id))
  }
  return { own: own.map(({ id }) => id), withDependents: [...changed] }
}

/** All that a stage does, as text. Of a map also what is inside it: that is one cell of the grid. */
function stateOf({ chain, options, files }: ChainState, id: string): string {
  const placed = allStages(chain).find((stage) => stage.id === id)
  const stage = placed?.stage
  const used =
    stage !== undefined && (stage.kind === 'chain' || (stage.kind === 'model' && (stage.worker ?? stage.knowledge)))
  return JSON.stringify([stage, options.tiers?.[id], options.stages?.[id], used ? files : null])
}
