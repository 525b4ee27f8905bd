import type { CellState } from '../../shared/cell.ts'
import { formatCount } from '../../shared/format.ts'
import type { RunCounts } from '../../shared/run.ts'
import classes from './RunBar.module.css'

interface RunBarProps {
  readonly counts: RunCounts
  /** null: not counted yet. */
  readonly items: number | null
  /** Pixels; without it the bar takes the room there is. */
  readonly width?: number
}

const ORDER: readonly (keyof RunCounts & CellState)[] = ['succeeded', 'failed', 'skipped', 'cancelled', 'running']

/** A run's items by where they stand; what waits is the ground of the bar. */
export function RunBar({ counts, items, width }: RunBarProps) {
  const known = ORDER.reduce((sum, state) => sum + counts[state], 0) + counts.waiting
  const total = Math.max(1, items ?? known)
  const label = [...ORDER, 'waiting' as const]
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${state}`)
    .join(', ')
  return (
    <span className={classes.root} style={{ width: width ?? '100%' }} role="img" aria-label={label} title={label}>
      {ORDER.map((state) => (
        <span key={state} style={{ width: `${(counts[state] / total) * 100}%`, background: `var(--state-${state})` }} />
      ))}
    </span>
  )
}
