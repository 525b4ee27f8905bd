import type { Plan, PlannedModelStage, StageList } from '../../core/plan.ts'

/** A model stage and how items come to it. */
export interface ModelPath {
  /** `extract`; `sections/gist` inside of a map or a used chain. */
  readonly path: string
  readonly stage: PlannedModelStage
  readonly lane: number
  /** An item may pass it by. */
  readonly isConditional: boolean
}

/** Every model stage of a plan, in the order in which they run. */
export function modelPaths({ lanes }: Plan): readonly ModelPath[] {
  return lanes.flatMap((list, lane) => within(list, { prefix: '', lane, isConditional: false }))
}

interface Around {
  readonly prefix: string
  readonly lane: number
  readonly isConditional: boolean
}

function within(list: StageList, around: Around): readonly ModelPath[] {
  const conditional = new Set<number>()
  return list.stages.flatMap((stage): readonly ModelPath[] => {
    const path = around.prefix + stage.id
    // A stage whose every input was passed by is passed by too.
    const { dependsOn } = stage
    const follows = dependsOn.length > 0 && dependsOn.every((column) => conditional.has(column))
    const isConditional = around.isConditional || stage.when !== null || follows
    if (stage.when !== null || follows) conditional.add(stage.column)
    if (stage.kind === 'model') return [{ path, stage, lane: around.lane, isConditional }]
    if (stage.kind !== 'map' && stage.kind !== 'chain') return []
    return within(stage.inner, { prefix: `${path}/`, lane: around.lane, isConditional })
  })
}
