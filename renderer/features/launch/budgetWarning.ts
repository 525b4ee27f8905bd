import type { Budgets } from '../../../shared/api.ts'
import { formatUsd, MICROS_PER_USD } from '../../../shared/format.ts'
import type { RunPreview } from '../../../shared/runChange.ts'

export interface BudgetWarning {
  /** The one that ends first. */
  readonly budget: 'run' | 'day'
  readonly text: string
}

/** Said where a launch is about to cost more than what it may; null: the budgets are enough, or nothing is known. */
export function budgetWarning(
  { costMicros }: Pick<RunPreview, 'costMicros'>,
  launchUsd: number | null,
  budgets: Budgets | null,
): BudgetWarning | null {
  if (costMicros === null) return null
  const runUsd = launchUsd ?? budgets?.runUsd ?? null
  const ofRun = runUsd === null ? Number.POSITIVE_INFINITY : Math.round(runUsd * MICROS_PER_USD)
  const day = budgets?.dayUsd == null ? null : Math.round(budgets.dayUsd * MICROS_PER_USD)
  const ofDay = day === null ? Number.POSITIVE_INFINITY : Math.max(0, day - (budgets?.spentTodayMicros ?? 0))
  if (costMicros <= Math.min(ofRun, ofDay)) return null
  if (ofDay < ofRun && day !== null)
    return {
      budget: 'day',
      text: `${ofDay === 0 ? 'Nothing' : formatUsd(ofDay)} of today's ${formatUsd(day)} is left: the run will pause on the way.`,
    }
  return { budget: 'run', text: `The budget is ${formatUsd(ofRun)}: the run will pause on the way.` }
}
