import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
import type { ItemError } from '../../../../shared/run.ts'
import type { ResultRow } from '../../../../shared/trace.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { cellText, fieldValue, type OutputColumn } from './outputColumns.ts'
import classes from './ResultsTable.module.css'

interface ResultCellsProps {
  readonly item: number
  /** null: not read yet; its cells are there and empty, so that they need not be made when it comes. */
  readonly row: ResultRow | null
  readonly columns: readonly OutputColumn[]
}

const OPEN: readonly ResultRow['status'][] = ['waiting', 'running', 'cancelled']

/** The cells of one row. */
export function ResultCells({ item, row, columns }: ResultCellsProps) {
  const isOver = row !== null && !OPEN.includes(row.status)
  const error = row?.error ?? null
  return (
    <>
      <Cell isNumber className={classes.index}>
        {formatCount(item + 1)}
      </Cell>
      <Cell className={classes.name}>
        {row !== null && <FileName path={row.key} />}
        {row !== null && row.members > 0 && <span className={classes.members}>⊞ {formatCount(row.members)}</span>}
      </Cell>
      <Cell>{row !== null && <StateGlyph state={row.status} withWord />}</Cell>
      <Cell isNumber>{isOver && formatUsd(row.costMicros)}</Cell>
      <Cell isNumber>{isOver && formatDuration(row.latencyMs)}</Cell>
      <Cell isNumber>{row !== null && row.retries > 0 && formatCount(row.retries)}</Cell>
      {error === null ? (
        columns.map(({ field, isNumber }) => (
          <Cell key={field ?? ''} isNumber={isNumber}>
            {cellText(fieldValue(row?.output ?? null, field))}
          </Cell>
        ))
      ) : (
        <ErrorCell error={error} columns={columns.length} />
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
