import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { OutputColumn } from './outputColumns.ts'
import classes from './ResultsTable.module.css'
import { type ResultQuery, type SortBy, sortedBy } from './resultQuery.ts'

interface TableHeadProps {
  /** What a row is of. */
  readonly first: 'Item' | 'Group'
  readonly columns: readonly OutputColumn[]
  readonly hasRevisions: boolean
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
}

/** The head of the table; columns that can be sorted by are buttons. */
export function TableHead({ first, columns, hasRevisions, query, onQuery }: TableHeadProps) {
  const sortable = (label: string, sort: SortBy, isNumber = false) => (
    <Sortable label={label} sort={sort} query={query} onQuery={onQuery} isNumber={isNumber} />
  )
  return (
    <thead>
      <tr className={classes.head}>
        {sortable('#', 'index', true)}
        {sortable(first, 'key')}
        {first === 'Group' && (
          <th scope="col" className={classes.title} data-number>
            Members
          </th>
        )}
        {sortable('Status', 'status')}
        {hasRevisions && (
          <th scope="col" className={classes.title}>
            By
          </th>
        )}
        {sortable('Cost', 'cost', true)}
        {sortable('Time', 'latency', true)}
        <th scope="col" className={classes.title} data-number>
          Retries
        </th>
        {columns.map(({ field, isNumber }) => (
          <th key={field ?? ''} scope="col" className={classes.title} data-number={isNumber}>
            {field ?? 'Output'}
          </th>
        ))}
        {columns.length === 0 && (
          <th scope="col" className={classes.title}>
            Output
          </th>
        )}
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

interface Shown {
  readonly items: number
  /** Pixels of the names. */
  readonly key: number
  readonly hasMembers: boolean
  readonly hasRevisions: boolean
}

/** The widths of all columns, as the variable that the head and every row are laid out by. */
export function columnWidths(
  columns: readonly OutputColumn[],
  { items, key, hasMembers, hasRevisions }: Shown,
): CSSProperties {
  const number = `${Math.max(56, formatCount(items).length * PIXELS_PER_LETTER + 28)}px`
  const outputs = columns.map(({ width }) => `${width}px`)
  // What is left over belongs to nobody; an error stands over it too.
  const rest = columns.length === 0 ? 'minmax(320px, 1fr)' : 'minmax(0, 1fr)'
  return {
    '--columns': [
      number,
      `${key}px`,
      ...(hasMembers ? ['88px'] : []),
      '132px',
      ...(hasRevisions ? ['52px'] : []),
      '96px',
      '84px',
      '76px',
      ...outputs,
      rest,
    ].join(' '),
  } as CSSProperties
}
