import { type Evaluation, passRate } from '../../../../shared/evaluations/evaluation.ts'
import classes from './EvaluationsView.module.css'

const WIDTH = 120
const HEIGHT = 24
const EDGE = 3
/** So many fit without becoming a smear. */
const MOST = 30

/** The share of cases that passed, evaluation by evaluation, as a small line. `history`: oldest first. */
export function PassHistory({ history }: { readonly history: readonly Evaluation[] }) {
  const shown = history.slice(-MOST)
  if (shown.length < 2) return null
  const points = shown.map((evaluation, at) => ({
    id: evaluation.id,
    x: EDGE + (at / (shown.length - 1)) * (WIDTH - 2 * EDGE),
    y: HEIGHT - EDGE - passRate(evaluation).rate * (HEIGHT - 2 * EDGE),
  }))
  const words = shown.map((evaluation) => `${Math.round(passRate(evaluation).rate * 100)} %`).join(', ')
  const last = points.at(-1)
  return (
    <svg
      className={classes.history}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Passed, oldest first: ${words}`}
    >
      <title>Passed, oldest first: {words}</title>
      <line className={classes.ground} x1={0} x2={WIDTH} y1={EDGE} y2={EDGE} />
      <polyline className={classes.rates} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {last !== undefined && <circle className={classes.now} cx={last.x} cy={last.y} r={2.5} />}
    </svg>
  )
}
