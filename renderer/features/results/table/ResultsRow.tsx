import { type MouseEvent, memo } from 'react'
import type { ResultRow } from '../../../../shared/trace.ts'
import type { OutputColumn } from './outputColumns.ts'
import { ResultCells } from './ResultCells.tsx'
import classes from './ResultsTable.module.css'

interface ResultsRowProps {
  readonly id: string
  /** In the table, 0-based. */
  readonly position: number
  /** Pixels below the table's top. */
  readonly top: number
  readonly item: number
  /** null: not read yet. */
  readonly row: ResultRow | null
  readonly columns: readonly OutputColumn[]
  readonly hasMembers: boolean
  readonly hasRevisions: boolean
  readonly isSelected: boolean
  readonly isOpen: boolean
  readonly isCursor: boolean
  readonly onPress: (press: RowPress) => void
}

/** `select`: this row comes to the chosen ones, or goes; `range`: with all from the last one on. */
export interface RowPress {
  readonly position: number
  readonly item: number
  readonly how: 'open' | 'select' | 'range'
}

/** One row, at its place. The table takes the keys for all rows. Drawn anew only when something of it has changed. */
export const ResultsRow = memo(function ResultsRow(props: ResultsRowProps) {
  const { id, position, top, item, row, columns, hasMembers, hasRevisions, isSelected, isOpen, isCursor, onPress } =
    props
  return (
    <tr
      id={id}
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      aria-current={isOpen}
      data-cursor={isCursor}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      // A range of rows is not a range of text.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => onPress({ position, item, how: howPressed(event) })}
    >
      <ResultCells item={item} row={row} columns={columns} hasMembers={hasMembers} hasRevisions={hasRevisions} />
    </tr>
  )
})

/** The number selects, as does the modifier key anywhere in the row. */
function howPressed(event: MouseEvent): RowPress['how'] {
  if (event.shiftKey) return 'range'
  const isOnNumber = event.target instanceof Element && event.target.closest('[data-selects]') !== null
  return event.ctrlKey || event.metaKey || isOnNumber ? 'select' : 'open'
}
