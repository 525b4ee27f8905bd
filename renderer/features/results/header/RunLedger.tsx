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
      {summary.items === null ? (
        <Tooltip label="The source is still being counted.">
          <span className={classes.sum}>of {formatCount(sum)} so far</span>
        </Tooltip>
      ) : (
        <span className={classes.sum}>= {formatCount(sum)}</span>
      )}
    </div>
  )
}
