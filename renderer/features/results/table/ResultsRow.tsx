import { memo } from 'react'
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
  readonly isOpen: boolean
  readonly isCursor: boolean
  readonly onPress: (position: number, item: number) => void
}

/** One row, at its place. The table takes the keys for all rows. Drawn anew only when something of it has changed. */
export const ResultsRow = memo(function ResultsRow(props: ResultsRowProps) {
  const { id, position, top, item, row, columns, hasMembers, isOpen, isCursor, onPress } = props
  return (
    <tr
      id={id}
      aria-rowindex={position + 2}
      aria-selected={isOpen}
      data-cursor={isCursor}
      className={classes.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onPress(position, item)}
    >
      <ResultCells item={item} row={row} columns={columns} hasMembers={hasMembers} />
    </tr>
  )
})
