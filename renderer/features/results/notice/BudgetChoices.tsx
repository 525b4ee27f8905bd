import { Button, Tooltip } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import type { RunSummary } from '../../../../shared/run.ts'
import { cancelRun } from '../runActions.ts'
import { BudgetRaise } from './BudgetRaise.tsx'
import { CheaperTierButton } from './CheaperTierButton.tsx'
import { DayBudgetRaise } from './DayBudgetRaise.tsx'
import classes from './RunNoticeBar.module.css'

interface BudgetChoicesProps {
  readonly summary: RunSummary
  readonly of: 'budget' | 'dayBudget'
}

/** The ways on for a run that a budget paused: a higher one, a cheaper tier, or what is there. */
export function BudgetChoices({ summary, of }: BudgetChoicesProps) {
  const { run, budgetMicros } = summary
  return (
    <div className={classes.choices}>
      {of === 'dayBudget' && <DayBudgetRaise run={run} />}
      {of === 'budget' && budgetMicros !== null && (
        <BudgetRaise key={budgetMicros} run={run} budgetMicros={budgetMicros} />
      )}
      <CheaperTierButton summary={summary} />
      {of === 'budget' && (
        <Tooltip label="Ends the run. What is finished is kept.">
          <Button leftSection={<IconPlayerStop size={16} stroke={1.5} />} onClick={() => void cancelRun(run)}>
            Stop and keep
          </Button>
        </Tooltip>
      )}
    </div>
  )
}
