import { Tooltip } from '@mantine/core'
import { formatUsd, MICROS_PER_USD } from '../../shared/format.ts'
import classes from './Money.module.css'

interface MoneyProps {
  /** Millionths of a dollar; null: the price is not known. */
  readonly micros: number | null
  /** Play money: no model was called. */
  readonly simulated?: boolean
  /** Calls whose price is not known and which are not in the sum. */
  readonly unpricedCalls?: number
}

/** An amount; never a number where the price is unknown, never without saying that it is play money. */
export function Money({ micros, simulated = false, unpricedCalls = 0 }: MoneyProps) {
  const text = `${unpricedCalls > 0 ? '≥ ' : ''}${micros === null ? 'price unknown' : formatUsd(micros)}`
  const notes = [
    micros === null ? null : `$${(micros / MICROS_PER_USD).toFixed(6)}`,
    simulated ? 'Simulated: no model was called, this is play money.' : null,
    unpricedCalls > 0 ? `The price of ${unpricedCalls} calls is not known; they are not in this sum.` : null,
  ].filter((note) => note !== null)
  return (
    <Tooltip label={notes.join(' ')} disabled={notes.length === 0}>
      <span className={classes.root}>
        {text}
        {simulated && <span className="quiet"> play money</span>}
      </span>
    </Tooltip>
  )
}
