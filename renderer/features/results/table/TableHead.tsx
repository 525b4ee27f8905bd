import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import type { OutputColumn } from './outputColumns.ts'
import classes from './ResultsTable.module.css'
import { type ResultQuery, type SortBy, sortedBy } from './resultQuery.ts'

interface TableHeadProps {
  readonly columns: readonly OutputColumn[]
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
}

/** The head of the table; columns that can be sorted by are buttons. */
export function TableHead({ columns, query, onQuery }: TableHeadProps) {
  const sortable = (label: string, sort: SortBy, isNumber = false) => (
    <Sortable label={label} sort={sort} query={query} onQuery={onQuery} isNumber={isNumber} />
  )
  return (
    <thead>
      <tr className={classes.head}>
        {sortable('#', 'index', true)}
        {sortable('Item', 'key')}
        {sortable('Status', 'status')}
        {columns.map(({ field, isNumber }) => (
          <th key={field ?? ''} scope="col" className={classes.title} data-number={isNumber}>
            {field ?? 'Output'}
          </th>
        ))}
        {sortable('Cost', 'cost', true)}
        {sortable('Time', 'latency', true)}
        <th scope="col" className={classes.title} data-number>
          Retries
        </th>
        <th scope="col" className={classes.title}>
          Error
        </th>
      </tr>
    </thead>
  )
}

interface SortableProps {
  readonly label: string
  readonly sort: SortBy
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
  readonly isNumber: boolean
}

function Sortable({ label, sort, query, onQuery, isNumber }: SortableProps) {
  const isSorted = query.sort === sort
  const Arrow = query.descending ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={classes.title}
      data-number={isNumber}
      aria-sort={isSorted ? (query.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={classes.sort} onClick={() => onQuery(sortedBy(query, sort))}>
        {label}
        {isSorted && <Arrow size={12} stroke={2} aria-hidden />}
      </button>
    </th>
  )
}

const PIXELS_PER_LETTER = 7

/** The widths of all columns, as the variable that the head and every row are laid out by. */
export function columnWidths(columns: readonly OutputColumn[]): CSSProperties {
  const outputs = columns.map(
    ({ width, field }) => `${Math.max(width, (field?.length ?? 6) * PIXELS_PER_LETTER + 24)}px`,
  )
  const widths = ['64px', '208px', '116px', ...outputs, '84px', '84px', '72px', 'minmax(320px, 1fr)'].join(' ')
  return { '--columns': widths } as CSSProperties
}
