import { CELL_STATES, type CellState } from '../../../../shared/cell.ts'
import type { StageCounts } from '../../../../shared/run.ts'
import { STATE_LOOKS } from '../../../ui/StateGlyph.tsx'
import classes from './node.module.css'

/** What is over stands first, so that the bar fills from the left. */
const ORDER: readonly CellState[] = [...CELL_STATES].sort((a, b) => rank(a) - rank(b))

export function StateBar({ counts }: { readonly counts: StageCounts }) {
  const shown = ORDER.filter((state) => (counts[state] ?? 0) > 0)
  const label = shown.map((state) => `${counts[state]} ${STATE_LOOKS[state].word}`).join(', ')
  return (
    <div className={classes.bar} role="img" aria-label={label} title={label}>
      {shown.map((state) => (
        <div key={state} style={{ flexGrow: counts[state] ?? 0, background: `var(--state-${state})` }} />
      ))}
    </div>
  )
}

function rank(state: CellState): number {
  return [
    'remembered',
    'succeeded',
    'skipped',
    'failed',
    'cancelled',
    'held',
    'retrying',
    'running',
    'waiting',
  ].indexOf(state)
}
