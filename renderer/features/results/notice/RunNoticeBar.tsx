import type { RunSummary } from '../../../../shared/run.ts'
import { type RunNotice, runNotice } from '../../../../shared/runNotice.ts'
import { waysOn } from '../../../stores/runStore.ts'
import { RichText } from '../../../ui/RichText.tsx'
import type { RunScreenActions } from '../runPart.ts'
import { BudgetChoices } from './BudgetChoices.tsx'
import { BudgetNearEnd } from './BudgetNearEnd.tsx'
import classes from './RunNoticeBar.module.css'
import { TripwireChoices } from './TripwireChoices.tsx'

const GROUND: Record<RunNotice['tone'], string> = {
  quiet: 'var(--hover)',
  warning: 'var(--state-retrying-soft)',
  error: 'var(--state-failed-soft)',
}

interface RunNoticeBarProps {
  readonly summary: RunSummary
  readonly actions: RunScreenActions
}

/** Why the run stands still, what was kept, what can be done; while it runs only that the budget nears its end. */
export function RunNoticeBar({ summary, actions }: RunNoticeBarProps) {
  const notice = runNotice(summary)
  const { state } = summary
  const ways = waysOn(summary)
  if (notice === null) return state.status === 'running' ? <BudgetNearEnd summary={summary} /> : null
  return (
    <div className={classes.root} style={{ background: GROUND[notice.tone] }}>
      <span className={classes.text} role="status">
        <strong>{notice.title}.</strong> <RichText text={notice.text} />
      </span>
      {(ways === 'budget' || ways === 'dayBudget') && <BudgetChoices summary={summary} of={ways} />}
      {ways === 'tripwire' && state.status === 'paused' && (
        <TripwireChoices summary={summary} reason={state.reason} actions={actions} />
      )}
    </div>
  )
}
