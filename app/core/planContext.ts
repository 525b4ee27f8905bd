import type { StageGroup } from '../../shared/graph.ts'
import type { YamlPath } from '../../shared/yamlProblems.ts'
import type { ChainUses } from './chainUses.ts'
import type { PlanChanges, PlanProblem } from './plan.ts'

/** What the stages of one chain are planned with. */
export interface PlanContext {
  /** Map id → the order of its own stages. */
  readonly inside: ReadonlyMap<string, StageGroup>
  readonly changes: PlanChanges
  readonly uses: ChainUses
  readonly problems: PlanProblem[]
  /** Files of the chains that led here: none may come round again. */
  readonly within: readonly string[]
}

export interface StageContext extends PlanContext {
  readonly id: string
  readonly path: YamlPath
}
