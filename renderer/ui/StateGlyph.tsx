import type { CellState } from '../../shared/cell.ts'
import type { ItemStatus, RunStatus } from '../../shared/run.ts'
import classes from './StateGlyph.module.css'
import { SIGN_STROKE, STATE_SIGNS } from './stateSigns.ts'

/** Every state of a cell, an item or a run as one sign and one word; the colour never says it alone. */
type AnyState = CellState | ItemStatus | RunStatus | 'gathered'

interface Look {
  readonly word: string
  /** The cell state whose sign and colour it has. */
  readonly as: CellState
}

export const STATE_LOOKS: Readonly<Record<AnyState, Look>> = {
  waiting: { word: 'waiting', as: 'waiting' },
  running: { word: 'running', as: 'running' },
  retrying: { word: 'waiting to retry', as: 'retrying' },
  succeeded: { word: 'succeeded', as: 'succeeded' },
  remembered: { word: 'from memory', as: 'remembered' },
  failed: { word: 'failed', as: 'failed' },
  skipped: { word: 'skipped', as: 'skipped' },
  held: { word: 'held', as: 'held' },
  gathered: { word: 'gathered', as: 'succeeded' },
  cancelled: { word: 'cancelled', as: 'cancelled' },
  pausing: { word: 'pausing', as: 'held' },
  paused: { word: 'paused', as: 'held' },
  interrupted: { word: 'interrupted', as: 'held' },
  completed: { word: 'completed', as: 'succeeded' },
}

interface StateGlyphProps {
  readonly state: AnyState
  /** With the word beside the sign; without it, the word is what a screen reader says. */
  readonly withWord?: boolean
}

export function StateGlyph({ state, withWord = false }: StateGlyphProps) {
  const { word, as } = STATE_LOOKS[state]
  if (!withWord)
    return (
      <span role="img" aria-label={word} title={word} className={classes.alone}>
        <StateSign state={state} />
      </span>
    )
  return (
    <span className={classes.root} data-ink={as}>
      <StateSign state={state} />
      {word}
    </span>
  )
}

/** The sign without a word, for where one stands beside it anyway. */
export function StateSign({ state }: { readonly state: AnyState }) {
  const { as } = STATE_LOOKS[state]
  const { stroke, fill } = STATE_SIGNS[as]
  return (
    <svg className={classes.sign} viewBox="0 0 16 16" aria-hidden="true" data-ink={as}>
      <path className={classes.stroke} d={stroke} strokeWidth={SIGN_STROKE} />
      {fill !== undefined && <path fill="currentColor" d={fill} />}
    </svg>
  )
}
