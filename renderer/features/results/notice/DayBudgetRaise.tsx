import { Button, NumberInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import type { Budgets } from '../../../../shared/api.ts'
import { formatUsd, MICROS_PER_USD } from '../../../../shared/format.ts'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import { resumeRun } from '../runActions.ts'
import classes from './BudgetRaise.module.css'

/** The way on today for a run that the day's budget paused: a higher one, for all runs. */
export function DayBudgetRaise({ run }: { readonly run: string }) {
  const [budgets, setBudgets] = useState<Budgets | null>(null)
  useEffect(() => {
    let isWanted = true
    void callOrNotify('budgets.get', {}).then((read) => {
      if (isWanted) setBudgets(read)
    })
    return () => {
      isWanted = false
    }
  }, [])
  // None any more: Resume is all that is needed.
  if (budgets?.dayUsd == null) return null
  return <DayForm key={budgets.dayUsd} run={run} budgets={budgets} dayUsd={budgets.dayUsd} />
}

interface DayFormProps {
  readonly run: string
  readonly budgets: Budgets
  readonly dayUsd: number
}

function DayForm({ run, budgets, dayUsd }: DayFormProps) {
  const [typed, setTyped] = useState<number | string>(dayUsd * 2)
  const isHigher = typeof typed === 'number' && typed > dayUsd

  async function raise(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!isHigher) return
    const set = await callOrNotify('budgets.set', { dayUsd: typed, runUsd: budgets.runUsd })
    if (set !== null) await resumeRun(run)
  }
  return (
    <form className={classes.root} onSubmit={(event) => void raise(event)}>
      <NumberInput
        aria-label="Raise the day's budget to"
        className={classes.amount ?? ''}
        prefix="$"
        min={0}
        step={dayUsd}
        allowNegative={false}
        error={!isHigher && `More than ${formatUsd(dayUsd * MICROS_PER_USD)}`}
        leftSection={<span className={classes.label}>Raise the day's to</span>}
        leftSectionWidth={136}
        value={typed}
        onChange={setTyped}
      />
      <Button type="submit" leftSection={<IconPlayerPlay size={16} stroke={1.5} />} disabled={!isHigher}>
        Raise and go on
      </Button>
    </form>
  )
}
