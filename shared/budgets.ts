import { z } from 'zod'

/** `budgets:` in the workspace's jacquard.yaml, in US dollars. Left out: none. */
export const budgetSettings = z.strictObject({
  /** A day, over all runs of the workspace. */
  dayUsd: z.number().positive().optional(),
  /** Of a launch that names none. */
  runUsd: z.number().positive().optional(),
})

/** The budgets as they hold now; null: none. */
export interface BudgetLimits {
  readonly dayUsd: number | null
  readonly runUsd: number | null
}

export const NO_BUDGETS: BudgetLimits = { dayUsd: null, runUsd: null }
