import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
import type { ItemError } from '../../../../shared/run.ts'
import type { ResultRow } from '../../../../shared/trace.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { StateGlyph, StateSign } from '../../../ui/StateGlyph.tsx'
import { revisionName } from '../revisions/revisionName.ts'
import { cellText, fieldValue, type OutputColumn } from './outputColumns.ts'
import classes from './ResultsTable.module.css'

interface ResultCellsProps {
  readonly item: number
  /** null: not read yet; its cells are there and empty, so that they need not be made when it comes. */
  readonly row: ResultRow | null
  readonly columns: readonly OutputColumn[]
  /** Rows are groups, and say how many are in each. */
  readonly hasMembers: boolean
  /** The run's chain was changed: each row says by which state of it it ran. */
  readonly hasRevisions: boolean
}

const OPEN: readonly ResultRow['status'][] = ['waiting', 'running', 'cancelled']

/** The cells of one row. */
export function ResultCells({ item, row, columns, hasMembers, hasRevisions }: ResultCellsProps) {
  const isOver = row !== null && !OPEN.includes(row.status)
  const error = row?.error ?? null
  return (
    <>
      <td className={classes.index} data-selects title="Select">
        {formatCount(item + 1)}
      </td>
      <Cell className={classes.name}>{row !== null && <FileName path={row.key} />}</Cell>
      {hasMembers && <Cell isNumber>{row !== null && formatCount(row.members)}</Cell>}
      <Cell>
        {row !== null && <StateGlyph state={row.status} withWord />}
        {row?.isRedone === true && <Redone />}
      </Cell>
      {hasRevisions && <Cell>{isOver && <span className="quiet">{revisionName(row.revision)}</span>}</Cell>}
      <Cell isNumber>{isOver && <Cost row={row} />}</Cell>
      <Cell isNumber>{isOver && formatDuration(row.latencyMs)}</Cell>
      <Cell isNumber>{row !== null && row.retries > 0 && formatCount(row.retries)}</Cell>
      {row?.reason !== undefined ? (
        <ReasonCell reason={row.reason} columns={columns.length} />
      ) : error === null ? (
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

/** Nothing but the sign: the row says for itself what the old result is. */
function Redone() {
  return (
    <span
      className={classes.redone}
      role="img"
      aria-label="being asked again"
      title="Being asked again: this old result stands until the new one is there"
    >
      ↻
    </span>
  )
}

/** What was spent; of answers from memory quietly what they cost then. */
function Cost({ row: { costMicros, savedMicros } }: { readonly row: ResultRow }) {
  if (savedMicros === 0) return formatUsd(costMicros)
  return (
    <span className="quiet" title={`From memory: cost ${formatUsd(savedMicros)} then, not spent again`}>
      {costMicros > 0 && <span className={classes.spent}>{formatUsd(costMicros)} + </span>}
      <StateSign state="remembered" /> {formatUsd(savedMicros)}
    </span>
  )
}

/** Nor has one that was skipped: the reason stands there. */
function ReasonCell({ reason, columns }: { readonly reason: string; readonly columns: number }) {
  const span = columns + 1
  return (
    <td className={classes.cell} colSpan={span} style={{ gridColumn: `span ${span}` }}>
      <span className="quiet" title={REASONS[reason]}>
        {reason}
      </span>
    </td>
  )
}

const REASONS: Readonly<Record<string, string>> = {
  filtered: 'The condition of the gather left it out.',
  unmatched: 'It found no partner with the same key.',
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
