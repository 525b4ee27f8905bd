import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { type ComparedRow, matchesFilter } from '../../../../shared/compare/compareRows.ts'
import { formatBytes } from '../../../../shared/format.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { type CellPlace, useCompareViewStore } from '../compareViewStore.ts'
import { REASON_WORDS } from '../sample/reasonWords.ts'
import type { Compared } from '../useCompared.ts'
import classes from './Matrix.module.css'
import { MatrixCell } from './MatrixCell.tsx'
import { MatrixHead } from './MatrixHead.tsx'
import { SummaryRows } from './SummaryRows.tsx'
import { shownFields } from './shownFields.ts'

/** Until a row has been measured. */
const ROW_HEIGHT = 108
const OVERSCAN = 4
const HEAD_HEIGHT = 56

/** Items × variants; only rows in sight are drawn. */
export function Matrix({ compared }: { readonly compared: Compared }) {
  const { comparison, base, rows, summaries } = compared
  const { filter, showsDiff, cursor, open } = useCompareViewStore()
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const shown = rows.filter((row) => matchesFilter(row, filter))
  const names = comparison.variants.map(({ name }) => name)
  const isLive = comparison.state.status === 'running'
  const at = placeOf(cursor ?? open, shown, names)
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.item.index ?? index,
    overscan: OVERSCAN,
    useFlushSync: false,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at their top
  useEffect(() => virtualizer.scrollToOffset(0), [filter])

  function moveTo(row: number, column: number): void {
    const item = shown[Math.max(0, Math.min(shown.length - 1, row))]
    const variant = names[Math.max(0, Math.min(names.length - 1, column))]
    if (item === undefined || variant === undefined) return
    const place = { item: item.item.index, variant }
    useCompareViewStore.getState().set({ cursor: place, ...(open !== null && { open: place }) })
    virtualizer.scrollToIndex(shown.indexOf(item))
    scroller.current
      ?.querySelector(`[data-column="${names.indexOf(variant)}"]`)
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }

  function press(event: KeyboardEvent): void {
    const steps: Record<string, readonly [row: number, column: number]> = {
      ArrowDown: [at.row + 1, at.column],
      ArrowUp: [at.row - 1, at.column],
      ArrowRight: [at.row, at.column + 1],
      ArrowLeft: [at.row, at.column - 1],
      Home: [0, at.column],
      End: [shown.length - 1, at.column],
    }
    const to = steps[event.key]
    const item = shown[at.row]?.item.index
    const variant = names[at.column]
    if (to !== undefined) moveTo(...to)
    else if (event.key === 'Enter' && item !== undefined && variant !== undefined)
      useCompareViewStore.getState().set({ open: { item, variant }, cursor: { item, variant } })
    // Where an answer is open, B is what one thinks of it.
    else if (
      event.key.toLowerCase() === 'b' &&
      open === null &&
      variant !== undefined &&
      !event.metaKey &&
      !event.ctrlKey
    )
      useCompareStore.getState().setBase(variant)
    else return
    event.preventDefault()
  }

  const columns = `minmax(140px, 200px) repeat(${names.length}, minmax(216px, 1fr))`
  return (
    <div ref={scroller} className={classes.root}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are chosen with the arrow keys
        role="grid"
        aria-label="Comparison"
        aria-rowcount={shown.length + 1}
        aria-activedescendant={shown.length > 0 ? cellId(id, at.row, at.column) : undefined}
        tabIndex={0}
        className={classes.sheet}
        style={{ '--columns': columns } as React.CSSProperties}
        onKeyDown={press}
      >
        <thead className={classes.head}>
          <tr className={classes.line}>
            <th scope="col" className={classes.corner}>
              Item
            </th>
            {summaries.map((summary) => (
              <th key={summary.variant} scope="col" className={classes.column}>
                <MatrixHead summary={summary} isBase={summary.variant === base} isLive={isLive} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const row = shown[index]
            if (row === undefined) return null
            const fields = shownFields(row)
            const ofBase = row.cells.find((cell) => cell?.variant === base) ?? null
            return (
              <tr
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={`${classes.line} ${classes.row}`}
                aria-rowindex={index + 2}
                style={{ transform: `translateY(${start}px)` }}
              >
                <th scope="row" className={classes.item}>
                  <FileName path={row.item.key} />
                  <span className={classes.about}>
                    {REASON_WORDS[row.item.reason]}
                    {row.item.bytes !== null && ` · ${formatBytes(row.item.bytes)}`}
                  </span>
                  <AgreeText row={row} />
                </th>
                {row.cells.map((cell, column) => {
                  const variant = names[column] ?? ''
                  const place: CellPlace = { item: row.item.index, variant }
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
                    <td
                      key={variant}
                      id={cellId(id, index, column)}
                      data-column={column}
                      data-cursor={at.row === index && at.column === column}
                      data-base={variant === base}
                      aria-current={open?.item === place.item && open.variant === variant ? true : undefined}
                      className={classes.cell}
                      onClick={() => useCompareViewStore.getState().set({ cursor: place, open: place })}
                    >
                      <MatrixCell
                        cell={cell}
                        fields={fields}
                        base={showsDiff && variant !== base ? ofBase : null}
                        isLive={isLive}
                      />
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
        <SummaryRows compared={compared} />
      </table>
      {shown.length === 0 && <p className={classes.none}>{NONE[filter]}</p>}
    </div>
  )
}

const NONE = {
  all: 'The sample has no items.',
  differ: 'No answer is different from the base.',
  disagree: 'In every item more than half of the variants say the same.',
  invalid: 'Every answer fitted its schema at once.',
} as const

/** `2/3 agree`, where they do not all. */
function AgreeText({ row }: { readonly row: ComparedRow }) {
  const { agreeing, answering } = row
  if (answering < 2) return null
  return (
    <span className={agreeing < answering ? classes.differs : classes.about}>
      {agreeing < answering ? `≠ ${agreeing} of ${answering} agree` : 'all agree'}
    </span>
  )
}

function placeOf(
  place: CellPlace | null,
  rows: readonly ComparedRow[],
  names: readonly string[],
): { readonly row: number; readonly column: number } {
  const row = rows.findIndex(({ item }) => item.index === place?.item)
  return { row: Math.max(0, row), column: Math.max(0, names.indexOf(place?.variant ?? '')) }
}

function cellId(grid: string, row: number, column: number): string {
  return `${grid}-${row}-${column}`
}
