import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
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
      <Cell>
        <FileName path={row.key} />
      </Cell>
      <Cell>
        <StateGlyph state={row.status} withWord />
      </Cell>
      {columns.map(({ field, isNumber }) => {
        const text = cellText(fieldValue(row.output, field))
        return (
          <Cell key={field ?? ''} isNumber={isNumber}>
            {text}
          </Cell>
        )
      })}
      <Cell isNumber>{!isUndone && formatUsd(row.costMicros)}</Cell>
      <Cell isNumber>{!isUndone && formatDuration(row.latencyMs)}</Cell>
      <Cell isNumber>{row.retries > 0 && formatCount(row.retries)}</Cell>
      <Cell>
        {row.error !== null && (
          <>
            <strong className={classes.kind}>{failureKindText(row.error.kind).title}</strong>{' '}
            {row.error.stage !== null && <span className="mono">{row.error.stage}</span>}{' '}
            <span className="quiet">{row.error.message}</span>
          </>
        )}
      </Cell>
    </>
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
