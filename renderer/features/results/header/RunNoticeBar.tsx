import type { RunSummary } from '../../../../shared/run.ts'
import { type RunNotice, runNotice } from '../../../../shared/runNotice.ts'
import { needsBudget } from '../../../stores/runStore.ts'
import { RichText } from '../../../ui/RichText.tsx'
import { BudgetRaise } from './BudgetRaise.tsx'
import classes from './RunNoticeBar.module.css'

const GROUND: Record<RunNotice['tone'], string> = {
  quiet: 'var(--hover)',
  warning: 'var(--state-retrying-soft)',
  error: 'var(--state-failed-soft)',
}

/** Why the run stands still, what was kept, what to do; nothing while it runs. */
export function RunNoticeBar({ summary }: { readonly summary: RunSummary }) {
  const notice = runNotice(summary)
  if (notice === null) return null
  const { run, budgetMicros } = summary
  return (
    <div className={classes.root} style={{ background: GROUND[notice.tone] }}>
      <span className={classes.text} role="status">
        <strong>{notice.title}.</strong> <RichText text={notice.text} />
      </span>
      {needsBudget(summary) && budgetMicros !== null && (
        <BudgetRaise key={budgetMicros} run={run} budgetMicros={budgetMicros} />
      )}
    </div>
  )
}
