import { Button, NumberInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { formatUsd, MICROS_PER_USD } from '../../../../shared/format.ts'
import { resumeRun } from '../runActions.ts'
import classes from './BudgetRaise.module.css'

interface BudgetRaiseProps {
  readonly run: string
  /** The one that is used up. */
  readonly budgetMicros: number
}

/** The way on for a run that its budget paused: a higher one. */
export function BudgetRaise({ run, budgetMicros }: BudgetRaiseProps) {
  const used = budgetMicros / MICROS_PER_USD
  const [typed, setTyped] = useState<number | string>(used * 2)
  const isHigher = typeof typed === 'number' && typed > used

  function resume(event: FormEvent): void {
    event.preventDefault()
    if (isHigher) void resumeRun(run, { budgetUsd: typed })
  }
  return (
    <form className={classes.root} onSubmit={resume}>
      <NumberInput
        aria-label="Raise the budget to"
        className={classes.amount ?? ''}
        prefix="$"
        min={0}
        step={used}
        allowNegative={false}
        error={!isHigher && `More than ${formatUsd(budgetMicros)}`}
        leftSection={<span className={classes.label}>Raise the budget to</span>}
        leftSectionWidth={136}
        value={typed}
        onChange={setTyped}
      />
      <Button
        type="submit"
        variant="filled"
        size="sm"
        leftSection={<IconPlayerPlay size={16} stroke={1.5} />}
        disabled={!isHigher}
      >
        Resume
      </Button>
    </form>
  )
}
