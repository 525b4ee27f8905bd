import type { RunSummary } from '../../../../shared/run.ts'

/** From here on the budget's end is said aloud. */
const NEAR_SHARE = 0.8

/** Where the money of a run's budget is, in millionths of a dollar: all but `budget` and `usedShare` make up the budget. */
export interface BudgetParts {
  readonly budget: number
  readonly spent: number
  /** Calls whose answers never came: perhaps billed. */
  readonly uncertain: number
  /** Set aside for calls in flight. */
  readonly reserved: number
  readonly free: number
  /** Share that is spent, or perhaps spent: 0 to 1. */
  readonly usedShare: number
  readonly isNearEnd: boolean
}

type Spend = Pick<RunSummary, 'budgetMicros' | 'costMicros' | 'uncertainMicros' | 'reservedMicros'>

/** There is money to tell of that is neither spent nor saved. */
export function hasMoreThanSpent({ budgetMicros, uncertainMicros }: Spend): boolean {
  return budgetMicros !== null || uncertainMicros > 0
}

/** null: the run has no budget. */
export function budgetParts(run: Spend): BudgetParts | null {
  const { budgetMicros: budget, costMicros: spent, uncertainMicros: uncertain, reservedMicros: reserved } = run
  if (budget === null) return null
  const usedShare = budget === 0 ? 1 : Math.min(1, (spent + uncertain) / budget)
  return {
    budget,
    spent,
    uncertain,
    reserved,
    free: Math.max(0, budget - spent - uncertain - reserved),
    usedShare,
    isNearEnd: usedShare >= NEAR_SHARE,
  }
}
