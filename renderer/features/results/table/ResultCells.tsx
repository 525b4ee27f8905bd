import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
import type { ItemError } from '../../../../shared/run.ts'
import type { ResultRow } from '../../../../shared/trace.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { cellText, fieldValue, type OutputColumn } from './outputColumns.ts'
import classes from './ResultsTable.module.css'

interface ResultCellsProps {
  readonly row: ResultRow
  readonly columns: readonly OutputColumn[]
}

/** The cells of one row. */
export function ResultCells({ row, columns }: ResultCellsProps) {
  const isUndone = row.status === 'waiting' || row.status === 'running' || row.status === 'cancelled'
  return (
    <>
      <Cell isNumber className={classes.index}>
        {formatCount(row.index + 1)}
      </Cell>
      <Cell className={classes.name}>
        <FileName path={row.key} />
      </Cell>
      <Cell>
        <StateGlyph state={row.status} withWord />
      </Cell>
      <Cell isNumber>{!isUndone && formatUsd(row.costMicros)}</Cell>
      <Cell isNumber>{!isUndone && formatDuration(row.latencyMs)}</Cell>
      <Cell isNumber>{row.retries > 0 && formatCount(row.retries)}</Cell>
      {row.error === null ? (
        columns.map(({ field, isNumber }) => (
          <Cell key={field ?? ''} isNumber={isNumber}>
            {cellText(fieldValue(row.output, field))}
          </Cell>
        ))
      ) : (
        <ErrorCell error={row.error} columns={columns.length} />
      )}
    </>
  )
}

/** An item that failed has no output: its error stands there, over all output columns. */
function ErrorCell({ error, columns }: { readonly error: ItemError; readonly columns: number }) {
  const span = columns + 1
  return (
    <td className={classes.cell} colSpan={span} style={{ gridColumn: `span ${span}` }}>
      <strong className={classes.kind}>{failureKindText(error.kind).title}</strong>{' '}
      {error.stage !== null && <span className="mono">{error.stage}</span>}{' '}
      <span className="quiet">{error.message}</span>
    </td>
  )
}

interface CellProps {
  readonly children: React.ReactNode
  readonly isNumber?: boolean
  readonly className?: string | undefined
}

function Cell({ children, isNumber = false, className }: CellProps) {
  return (
    <td className={className ?? classes.cell} data-number={isNumber}>
      {children}
    </td>
  )
}
