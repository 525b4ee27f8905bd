import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import type { RunSummary } from '../../../../shared/run.ts'
import type { ResultRow } from '../../../../shared/trace.ts'
import { keyWidth, LEAST_KEY_WIDTH, type OutputColumn, outputColumns, steadyColumns } from './outputColumns.ts'
import { ResultsRow, type RowPress } from './ResultsRow.tsx'
import classes from './ResultsTable.module.css'
import type { ResultQuery } from './resultQuery.ts'
import { extended, type Selection, toggled } from './selection.ts'
import { columnWidths, TableHead } from './TableHead.tsx'
import { useRowCache } from './useRowCache.ts'

interface ResultsTableProps {
  readonly summary: RunSummary
  readonly lane: number
  readonly indexes: Uint32Array
  /** The one that `indexes` answer. */
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
  readonly openItem: number | null
  readonly onOpen: (item: number) => void
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

const ROW_HEIGHT = 28
const OVERSCAN = 6
/** Read ahead to both sides, so that scrolling seldom meets empty rows. */
const ROWS_NEAR = 70

/** Rows of the items found; only those in sight are read and drawn. */
export function ResultsTable(props: ResultsTableProps) {
  const { summary, lane, indexes, query, onQuery, openItem, onOpen, selection, onSelect } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const cache = useRowCache(summary.run, lane)
  const [chosen, setChosen] = useState({ query, position: 0 })
  // Of another query: its rows are others.
  const cursor = chosen.query === query ? Math.min(chosen.position, indexes.length - 1) : 0
  const virtualizer = useVirtualizer({
    count: indexes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    useFlushSync: false,
    // Below the head, which sticks to the top.
    scrollPaddingStart: ROW_HEIGHT,
  })
  const shown = virtualizer.getVirtualItems()
  const slots = Math.ceil((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT) + 2 * OVERSCAN + 2
  const inSight = shown.map(({ index }) => indexes[index] ?? 0)
  const wish = inSight.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `wish` says which rows are in sight; the array is new each time
  useEffect(() => {
    const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
    cache.want(inSight, indexes.subarray(Math.max(0, first - ROWS_NEAR), last + ROWS_NEAR))
  }, [cache, wish])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at its top
  useEffect(() => virtualizer.scrollToOffset(0), [query])

  // Opened from the grid, or stepped to: the row comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another item moves the table, not one that was found anew
  useEffect(() => {
    const position = openItem === null ? -1 : indexes.indexOf(openItem)
    if (position >= 0) virtualizer.scrollToIndex(position)
  }, [openItem])

  // Rows are drawn anew only when something of them has changed: what they call stays the same.
  const pressed = useRef<(press: RowPress) => void>(() => {})
  useEffect(() => {
    pressed.current = ({ position, item, how }) => {
      setChosen({ query, position })
      if (how === 'open') onOpen(item)
      else onSelect(how === 'range' ? extended(selection, position, indexes) : toggled(selection, { position, item }))
    }
  })
  const pressRow = useCallback((press: RowPress) => pressed.current(press), [])

  const rows = inSight.map((index) => cache.row(index)).filter((row) => row !== null)
  const hasRevisions = summary.revision > 0
  const { columns, key } = useColumns(`${summary.run}/${lane}`, rows)

  function moveTo(position: number): void {
    const next = Math.max(0, Math.min(indexes.length - 1, position))
    setChosen({ query, position: next })
    virtualizer.scrollToIndex(next)
    const item = indexes[next]
    if (openItem !== null && item !== undefined) onOpen(item)
  }

  function press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2)
    const steps: Record<string, number> = {
      ArrowDown: cursor + 1,
      ArrowUp: cursor - 1,
      PageDown: cursor + page,
      PageUp: cursor - page,
      Home: 0,
      End: indexes.length - 1,
    }
    // With Shift it is another key: that of the rows that are chosen.
    const to = event.shiftKey ? undefined : steps[event.key]
    const item = indexes[cursor]
    if (to !== undefined) moveTo(to)
    else if (event.key === 'Enter' && item !== undefined) onOpen(item)
    else if (event.key === ' ' && item !== undefined) onSelect(toggled(selection, { position: cursor, item }))
    else return
    event.preventDefault()
  }

  return (
    <div ref={scroller} className={classes.root}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen with the arrow keys
        role="grid"
        aria-label="Results"
        aria-multiselectable
        aria-rowcount={indexes.length + 1}
        aria-activedescendant={shown.some(({ index }) => index === cursor) ? `${id}-${cursor}` : undefined}
        tabIndex={0}
        className={classes.sheet}
        style={{
          height: virtualizer.getTotalSize() + ROW_HEIGHT,
          ...columnWidths(columns, { items: summary.lanes[lane]?.items ?? 0, key, hasMembers: lane > 0, hasRevisions }),
        }}
        onKeyDown={press}
      >
        <TableHead
          first={lane === 0 ? 'Item' : 'Group'}
          columns={columns}
          hasRevisions={hasRevisions}
          query={query}
          onQuery={onQuery}
        />
        <tbody>
          {inDrawingOrder(shown, { slots, isScrolling: virtualizer.isScrolling }).map((virtual) => (
            <ResultsRow
              key={virtual.index % slots}
              id={`${id}-${virtual.index}`}
              position={virtual.index}
              top={virtual.start + ROW_HEIGHT}
              item={indexes[virtual.index] ?? 0}
              row={cache.row(indexes[virtual.index] ?? 0)}
              columns={columns}
              hasMembers={lane > 0}
              hasRevisions={hasRevisions}
              isSelected={selection.items.has(indexes[virtual.index] ?? 0)}
              isOpen={indexes[virtual.index] === openItem}
              isCursor={virtual.index === cursor}
              onPress={pressRow}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/**
 * A row that leaves at one end comes in again at the other: its elements are given another item and another place, for
 * making new ones is what scrolling would spend its time on. They stay where they are in the document until the table
 * rests, and are then put in the order in which they are read.
 */
function inDrawingOrder(
  shown: readonly VirtualItem[],
  { slots, isScrolling }: { slots: number; isScrolling: boolean },
): readonly VirtualItem[] {
  return isScrolling ? [...shown].sort((a, b) => (a.index % slots) - (b.index % slots)) : shown
}

interface Seen {
  /** The run and its lane. */
  readonly run: string
  readonly columns: readonly OutputColumn[]
  readonly key: number
}

/** The columns of all rows seen so far, so that they do not come and go while one scrolls. */
function useColumns(run: string, rows: readonly ResultRow[]): Seen {
  const [seen, setSeen] = useState<Seen>({ run, columns: [], key: LEAST_KEY_WIDTH })
  const before = seen.run === run ? seen : { run, columns: [], key: LEAST_KEY_WIDTH }
  const columns = steadyColumns(before.columns, outputColumns(rows))
  const key = keyWidth(before.key, rows)
  if (columns === before.columns && key === before.key && seen.run === run) return seen
  const now = { run, columns, key }
  setSeen(now)
  return now
}
