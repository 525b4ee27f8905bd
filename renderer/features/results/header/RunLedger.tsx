import { Tooltip } from '@mantine/core'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { StateSign } from '../../../ui/StateGlyph.tsx'
import { ledger } from './ledger.ts'
import classes from './RunLedger.module.css'

/** Items by where they stand; always adds up to the number of items. */
export function RunLedger({ summary }: { readonly summary: RunSummary }) {
  const { entries, sum } = ledger(summary.counts)
  return (
    <div className={classes.root}>
      {entries.map(({ word, state, count }) => (
        <span key={state} className={classes.entry} data-none={count === 0}>
          <StateSign state={state} /> {word} <strong>{formatCount(count)}</strong>
        </span>
      ))}
      <Sum summary={summary} sum={sum} />
      <Unaccounted items={summary.unaccounted ?? 0} />
    </div>
  )
}

function Sum({ summary, sum }: { readonly summary: RunSummary; readonly sum: number }) {
  const { items, state, unaccounted } = summary
  if (items === null)
    return (
      <Tooltip label="The source is still being counted.">
        <span className={classes.sum}>of {formatCount(sum)} so far</span>
      </Tooltip>
    )
  const isHeld = state.status === 'completed' && unaccounted === 0
  return (
    <Tooltip
      label="Held against the database: every item is there with its result, none is missing, none is there twice."
      disabled={!isHeld}
    >
      <span className={classes.sum}>
        = {formatCount(sum)}
        {isHeld && <span className={classes.held}> ✓</span>}
      </span>
    </Tooltip>
  )
}

/** Results and items do not add up: said where the sum stands, and the run stands still for it. */
function Unaccounted({ items }: { readonly items: number }) {
  if (items === 0) return null
  return (
    <Tooltip label="The database has no result for them, though the run should be over. It does not call itself complete while that is so. Resume does them.">
      <span className={classes.unaccounted}>
        <StateSign state="failed" /> {formatCount(items)} unaccounted
      </span>
    </Tooltip>
  )
}
