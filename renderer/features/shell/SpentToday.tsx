import type { Budgets } from '../../../shared/api.ts'
import { formatUsd, MICROS_PER_USD } from '../../../shared/format.ts'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import classes from './BudgetSettings.module.css'

/** What today's calls have cost, and how much of the day's budget that is. */
export function SpentToday({ budgets: { dayUsd, spentTodayMicros } }: { readonly budgets: Budgets }) {
  const limit = dayUsd === null ? null : Math.round(dayUsd * MICROS_PER_USD)
  const isUsedUp = limit !== null && spentTodayMicros >= limit
  return (
    <div className={classes.spent}>
      <span className={classes.label}>Spent today</span>
      <span className={classes.amount}>
        {isUsedUp && <StateGlyph state="held" />}
        {formatUsd(spentTodayMicros)}
        {limit !== null && <span className="quiet"> of {formatUsd(limit)}</span>}
      </span>
      {limit !== null && (
        <span className={classes.meter} aria-hidden>
          <span data-full={isUsedUp} style={{ width: `${Math.min(1, spentTodayMicros / limit) * 100}%` }} />
        </span>
      )}
      <span className={classes.note}>
        {isUsedUp
          ? 'The day is used up: runs pause until midnight, or until the budget is raised.'
          : 'Calls that were perhaps billed and play money of simulated tiers are in it.'}
      </span>
    </div>
  )
}
