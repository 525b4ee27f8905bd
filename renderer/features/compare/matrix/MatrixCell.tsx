import { differsFrom } from '../../../../shared/compare/compareRows.ts'
import type { ComparedCell } from '../../../../shared/compare/foldTries.ts'
import { failureKindText } from '../../../../shared/failureText.ts'
import { formatDuration, formatTokens, formatUsd } from '../../../../shared/format.ts'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { CellOutput } from './CellOutput.tsx'
import classes from './Matrix.module.css'

interface MatrixCellProps {
  /** null: it has not begun. */
  readonly cell: ComparedCell | null
  /** What it is held against; null: it is the base itself, or differences are not wanted. */
  readonly base: ComparedCell | null
  /** Of the row, where answers are objects. */
  readonly fields: ReadonlySet<string>
  /** The comparison goes on: it may still begin. */
  readonly isLive: boolean
}

/** One item in one variant: the answer, and beneath it how it came about. */
export function MatrixCell({ cell, base, fields, isLive }: MatrixCellProps) {
  if (cell === null) return <p className={classes.nothing}>{isLive ? 'waits' : 'not tried'}</p>
  const [first] = cell.tries
  return (
    <>
      {cell.same > 0 ? (
        <CellOutput output={cell.output} base={differsFrom(cell, base) ? base?.output : undefined} fields={fields} />
      ) : cell.status === 'running' ? (
        <p className={classes.nothing}>asking…</p>
      ) : cell.status === 'skipped' ? (
        <p className={classes.nothing}>skipped</p>
      ) : (
        <p className={classes.failure}>
          <strong>{first.error === null ? 'Failed' : failureKindText(first.error.kind).title}</strong>{' '}
          {first.error !== null && (
            <>
              {first.error.stage !== null && <span className="mono">{first.error.stage}</span>} {first.error.message}
            </>
          )}
        </p>
      )}
      <Figures cell={cell} />
    </>
  )
}

function Figures({ cell }: { readonly cell: ComparedCell }) {
  const { tries, status, same, latencyMs, costMicros, attempts, isValid, remembered } = cell
  const [{ usage }] = tries
  const isOver = status !== 'running'
  return (
    <div className={classes.figures}>
      <StateGlyph state={isOver && remembered && status === 'succeeded' ? 'remembered' : status} />
      {isOver && !isValid && status === 'succeeded' && (
        <span className={classes.unfit} title="An answer did not fit its schema at once and was asked for again">
          at a later try
        </span>
      )}
      {tries.length > 1 && (
        <span className={same < tries.length ? classes.varies : undefined} title="Tries that gave this answer">
          {same}/{tries.length} same
        </span>
      )}
      {isOver && latencyMs !== null && <span>{formatDuration(latencyMs)}</span>}
      {isOver && usage.outputTokens > 0 && (
        <span title="Tokens in and out">
          {formatTokens(usage.inputTokens)} → {formatTokens(usage.outputTokens)}
        </span>
      )}
      {isOver && attempts > 0 && <span>{costMicros === null ? 'price unknown' : formatUsd(costMicros)}</span>}
      {isOver && attempts > tries.length * Object.keys(tries[0].stages).length && <span>{attempts} calls</span>}
    </div>
  )
}
