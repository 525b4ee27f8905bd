import { CELL_STATES, type CellState } from '../../../shared/cell.ts'
import { formatCount } from '../../../shared/format.ts'
import { STATE_LOOKS } from '../StateGlyph.tsx'
import classes from './GridLegend.module.css'

interface GridLegendProps {
  /** Cells by state code. */
  readonly totals: readonly number[]
  /** The states that are shown in full; null: all. */
  readonly shown: ReadonlySet<CellState> | null
  readonly onShow: (shown: ReadonlySet<CellState> | null) => void
}

/** These always stand in the legend; the others when there is a cell in them. */
const ALWAYS: readonly CellState[] = ['waiting', 'running', 'succeeded', 'failed']

/** What the colours mean, how many cells are in each state now, and a filter: a pressed state is the only one in full. */
export function GridLegend({ totals, shown, onShow }: GridLegendProps) {
  function toggle(state: CellState): void {
    const next = new Set(shown ?? [])
    if (!next.delete(state)) next.add(state)
    onShow(next.size === 0 ? null : next)
  }
  return (
    <fieldset className={classes.root} aria-label="Cells by state; press one to see only these">
      {CELL_STATES.map((state, code) => {
        const count = totals[code] ?? 0
        if (count === 0 && !ALWAYS.includes(state) && shown?.has(state) !== true) return null
        return (
          <button
            key={state}
            type="button"
            className={classes.entry}
            aria-pressed={shown?.has(state) ?? false}
            data-dimmed={shown !== null && !shown.has(state)}
            onClick={() => toggle(state)}
          >
            <span className={classes.swatch} style={{ background: `var(--state-${state})` }} aria-hidden />
            <span>{STATE_LOOKS[state].word}</span>
            <span className={classes.count}>{formatCount(count)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
