import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatUsd } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { Money } from '../../../ui/Money.tsx'
import { SavedMoney } from '../../../ui/SavedMoney.tsx'
import classes from './SpendFigures.module.css'
import { type BudgetParts, budgetParts } from './spend.ts'

/** The money of a run: spent, in flight, perhaps billed, free; and what memory saved. Parts that are nothing are left out. */
export function SpendFigures({ summary }: { readonly summary: RunSummary }) {
  const { costMicros, simulated, unpricedCalls, reservedMicros, uncertainMicros, savedMicros } = summary
  const budget = budgetParts(summary)
  return (
    <div className={classes.root}>
      <Part label="spent">
        <Money micros={costMicros} simulated={simulated} unpricedCalls={unpricedCalls} />
      </Part>
      {budget !== null && <Meter parts={budget} />}
      {reservedMicros > 0 && (
        <Part
          label="in flight"
          note="The most that the calls in flight can cost, set aside until their answers are there."
        >
          {formatUsd(reservedMicros)}
        </Part>
      )}
      {uncertainMicros > 0 && (
        <Part
          label="perhaps billed"
          note="The most that calls may have cost whose answers never came: timed out, cut off, or in flight when the program ended. The budget counts them as if they had been billed."
        >
          {formatUsd(uncertainMicros)}
        </Part>
      )}
      {budget !== null && <Part label={`free of ${formatUsd(budget.budget)}`}>{formatUsd(budget.free)}</Part>}
      {savedMicros > 0 && <SavedMoney micros={savedMicros} simulated={simulated} />}
    </div>
  )
}

function Meter({ parts }: { readonly parts: BudgetParts }) {
  const { budget, spent, uncertain, reserved } = parts
  const width = (micros: number) => ({ width: `${(micros / Math.max(1, budget)) * 100}%` })
  const label = `${Math.round(parts.usedShare * 100)} % of the budget of ${formatUsd(budget)} is used`
  return (
    <Tooltip label={label}>
      <span className={classes.meter} role="img" aria-label={label}>
        <span className={classes.spent} style={width(spent)} />
        <span className={classes.uncertain} style={width(uncertain)} />
        <span className={classes.reserved} style={width(reserved)} />
      </span>
    </Tooltip>
  )
}

interface PartProps {
  readonly label: string
  readonly note?: string
  readonly children: ReactNode
}

function Part({ label, note, children }: PartProps) {
  return (
    <Tooltip label={note} disabled={note === undefined}>
      <span className={classes.part}>
        {children} <span className={classes.label}>{label}</span>
      </span>
    </Tooltip>
  )
}
