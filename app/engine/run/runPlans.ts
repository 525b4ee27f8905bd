import type { Json } from '../../../shared/json.ts'
import { modelStages, type Plan, type PlannedLane, type PlannedModelStage } from '../../core/plan.ts'

/** By what one item runs. */
export interface ItemPlan {
  readonly plan: PlannedLane
  readonly params: { readonly [name: string]: Json }
  readonly revision: number
}

/** The plans of a run's revisions that items still run by. All have the same stages. */
export class RunPlans {
  /** The plan of whatever has no other one. */
  readonly main: Plan
  readonly #mainRevision: number
  readonly #others: ReadonlyMap<number, Plan>
  /** Lane by lane: item → a revision of its own. */
  readonly #named: readonly ReadonlyMap<number, number>[]

  constructor(parts: {
    main: Plan
    mainRevision: number
    others?: ReadonlyMap<number, Plan>
    named?: readonly ReadonlyMap<number, number>[]
  }) {
    this.main = parts.main
    this.#mainRevision = parts.mainRevision
    this.#others = parts.others ?? new Map()
    this.#named = parts.named ?? []
  }

  of(lane: number, index: number): ItemPlan {
    const revision = revisionOf(this.#named[lane]?.get(index), this.#mainRevision)
    const plan = this.#others.get(revision) ?? this.main
    const planned = plan.lanes[lane]
    if (planned === undefined) throw new Error(`There is no lane ${lane}.`)
    return { plan: planned, params: plan.params, revision: plan === this.main ? this.#mainRevision : revision }
  }

  modelStages(): readonly PlannedModelStage[] {
    return [this.main, ...this.#others.values()].flatMap(modelStages)
  }
}

/** An item keeps a revision of its own until there is a newer one for all. */
export function revisionOf(named: number | undefined, main: number): number {
  return Math.max(named ?? 0, main)
}
