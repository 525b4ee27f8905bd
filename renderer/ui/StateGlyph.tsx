import type { CellState } from '../../shared/cell.ts'
import type { ItemStatus, RunStatus } from '../../shared/run.ts'
import classes from './StateGlyph.module.css'

/** Every state of a cell, an item or a run as one glyph and one word; the colour never says it alone. */
type AnyState = CellState | ItemStatus | RunStatus

interface Look {
  readonly glyph: string
  readonly word: string
  /** The cell state whose colour it has. */
  readonly colour: CellState
}

export const STATE_LOOKS: Readonly<Record<AnyState, Look>> = {
  waiting: { glyph: '○', word: 'waiting', colour: 'waiting' },
  running: { glyph: '◐', word: 'running', colour: 'running' },
  retrying: { glyph: '⌛\uFE0E', word: 'waiting to retry', colour: 'retrying' },
  succeeded: { glyph: '✓', word: 'succeeded', colour: 'succeeded' },
  remembered: { glyph: '✓̄', word: 'from memory', colour: 'remembered' },
  failed: { glyph: '✕', word: 'failed', colour: 'failed' },
  skipped: { glyph: '↷', word: 'skipped', colour: 'skipped' },
  held: { glyph: '⏸\uFE0E', word: 'held', colour: 'held' },
  cancelled: { glyph: '⊘', word: 'cancelled', colour: 'cancelled' },
  pausing: { glyph: '⏸\uFE0E', word: 'pausing', colour: 'held' },
  paused: { glyph: '⏸\uFE0E', word: 'paused', colour: 'held' },
  interrupted: { glyph: '⏸\uFE0E', word: 'interrupted', colour: 'held' },
  completed: { glyph: '✓', word: 'completed', colour: 'succeeded' },
}

interface StateGlyphProps {
  readonly state: AnyState
  /** With the word beside the glyph; without it, the word is what a screen reader says. */
  readonly withWord?: boolean
}

export function StateGlyph({ state, withWord = false }: StateGlyphProps) {
  const { glyph, word, colour } = STATE_LOOKS[state]
  const style = { color: `var(--state-${colour}-text)` }
  if (withWord)
    return (
      <span className={classes.root} style={style}>
        <span aria-hidden className={classes.glyph}>
          {glyph}
        </span>
        {word}
      </span>
    )
  return (
    <span role="img" aria-label={word} title={word} className={classes.glyph} style={style}>
      {glyph}
    </span>
  )
}
