import type { Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedFetchStage, PlannedModelStage, PlannedStage, StageList } from '../../core/plan.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import type { ListEnd, StageEnd } from './itemEnd.ts'

/**
 * What running an item asks of the run around it. Stage kinds that only compute need nothing of it.
 * `path` names the cell within the item, as it is stored: `draft`, `sections/3/draft`.
 */
export interface StageCalls {
  model(stage: PlannedModelStage, scope: Scope, path: string): Promise<StageOutcome>
  fetch(stage: PlannedFetchStage, scope: Scope, path: string): Promise<StageOutcome>
  /** A stage has ended, inner ones too: only paths of an item's own cells hold no `/`. Not called for suspended ones. */
  ended(stage: PlannedStage, path: string, end: StageEnd): void
  /** The run is pausing: no further element of a map may start. */
  isSuspended(): boolean
  /** A trace: elements behind a failed one are gone through too, for they may have been begun before it failed. */
  readonly isReplay?: boolean
  /** Stages inside a stage have come to their end, suspended ones too; `input` is their element or their item. */
  innerEnded?(path: string, input: Json, end: ListEnd): void
}

/** Where stages run that another stage holds. */
export interface Within {
  /** Of the cell that holds them. */
  readonly path: string
  readonly calls: StageCalls
  /** Why nothing further may start: what is around them has failed. null: go on. */
  halted(): string | null
  /** Runs stages that may hold others in their turn. `scope` is theirs alone: it gets their outputs. */
  run(list: StageList, scope: { [name: string]: Json }, path: string): Promise<ListEnd>
}

/** `skipped`: it was halted. */
export type InnerOutcome = StageOutcome | Extract<StageEnd, { kind: 'skipped' }>
