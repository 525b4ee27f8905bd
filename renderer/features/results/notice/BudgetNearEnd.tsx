import { formatUsd } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { budgetParts } from '../header/spend.ts'
import classes from './RunNoticeBar.module.css'

/** Said once the budget nears its end, quietly: nothing has happened yet. */
export function BudgetNearEnd({ summary }: { readonly summary: RunSummary }) {
  const parts = budgetParts(summary)
  if (parts === null || !parts.isNearEnd) return null
  return (
    <div className={classes.root} data-quiet>
      <span className={classes.text} role="status">
        <strong>{Math.floor(parts.usedShare * 100)} % of the budget is used.</strong> {formatUsd(parts.budget)} is never
        overshot: when the next call does not fit, the run pauses and nothing is lost.
      </span>
    </div>
  )
}
