import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type CellState, cellState } from '../../../shared/cell.ts'
import { formatCount } from '../../../shared/format.ts'
import { STATE_LOOKS } from '../StateGlyph.tsx'
import { needsRail, RAIL_HEIGHT } from './drawRail.ts'
import classes from './Grid.module.css'
import { GridHover } from './GridHover.tsx'
import { cellRect, hitTest, type Point, unitOf } from './gridHit.ts'
import { gridKey, nextFailed } from './gridKeys.ts'
import type { GridModel } from './gridModel.ts'
import type { GridScene } from './gridPainter.ts'
import { moveFocus, revealItem, zoomView } from './gridView.ts'
import { useBoxSize } from './useBoxSize.ts'
import { useGridPainter } from './useGridPainter.ts'
import { useGridPalette } from './useGridPalette.ts'
import { useGridPointer } from './useGridPointer.ts'
import { type GridViewState, useGridView } from './useGridView.ts'

interface GridProps {
  readonly model: GridModel
  /** Stage ids, from top to bottom. */
  readonly stages: readonly string[]
  /** What the room for names on the left is measured by, so that grids under each other line up; left out: its stages. */
  readonly namedBy?: readonly string[]
  /** null: not known yet; a new function when more are known. Asking is how the grid says that it shows an item. */
  readonly keyOf: (item: number) => string | null
  /** States that are drawn in full, the others dimmed; null: all in full. */
  readonly shown: ReadonlySet<CellState> | null
  /** The item whose trace is open beside the grid. */
  readonly openItem: number | null
  readonly onOpen: (item: number) => void
  /** What a screen reader is told of the whole. */
  readonly label: string
  /** Controls that go with the view (zoom, legend); they are given its state. */
  readonly children?: (state: GridViewState) => React.ReactNode
  /** Told the view when it stands and whenever it moves, for controls elsewhere; null: it is there no more. */
  readonly onView?: (state: GridViewState | null) => void
}

interface Focus {
  readonly item: number
  readonly stage: number
}

const GUTTER_LEAST = 56
const GUTTER_MOST = 148
const PIXELS_PER_LETTER = 6.4

/**
 * Every cell of a run at its true place: items along x in input order, stages as rows. The wheel zooms from all of them
 * to a single one, dragging pans; a click opens an item, or goes into a bucket.
 */
export function Grid(props: GridProps) {
  const { model, stages, namedBy = stages, keyOf, shown, openItem, onOpen, label, children, onView } = props
  const keysId = useId()
  const area = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const palette = useGridPalette(area)
  const { width, height } = useBoxSize(area)
  const [focus, setFocus] = useState<Focus>({ item: 0, stage: 0 })
  const [said, setSaid] = useState('')
  const { items } = model.pyramid

  const shape = useMemo(() => ({ items, stages: stages.length }), [items, stages.length])
  const box = useMemo(() => {
    const longest = Math.max(0, ...namedBy.map((stage) => stage.length))
    const gutter = Math.min(GUTTER_MOST, Math.max(GUTTER_LEAST, longest * PIXELS_PER_LETTER + 14))
    return { width, height: Math.max(0, height - RAIL_HEIGHT - 2), gutter: Math.round(gutter) }
  }, [width, height, namedBy])
  const state = useGridView(shape, box)
  const { layout, change } = state
  useEffect(() => onView?.(state), [onView, state])
  useEffect(() => () => onView?.(null), [onView])

  const scene = useMemo<GridScene | null>(() => {
    if (palette === null || width === 0 || height === 0) return null
    const codes = shown === null ? null : new Set(CODES.filter((code) => shown.has(cellState(code))))
    return { width, height, layout, pyramid: model.pyramid, palette, stages, shown: codes, keyOf }
  }, [palette, width, height, layout, model, stages, shown, keyOf])
  useGridPainter(canvas, scene, model)

  // Opened from the table, or stepped to: it comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another item moves the view, not a window that grew
  useEffect(() => {
    if (openItem !== null) change((view) => revealItem(view, { shape, box }, openItem))
  }, [openItem])

  const pick = useCallback(
    (cell: Focus) => {
      setFocus(cell)
      onOpen(cell.item)
    },
    [onOpen],
  )
  const { pointer, isDragging } = useGridPointer(area, state, pick)
  const hit = pointer === null ? null : hitTest(layout, pointer)

  function goTo(cell: Focus): void {
    setFocus(cell)
    change((view) => revealItem(view, { shape, box }, cell.item))
    const at = cell.item * stages.length + cell.stage
    const word = STATE_LOOKS[cellState(model.pyramid.states[at] ?? 0)].word
    setSaid(`${keyOf(cell.item) ?? `item ${formatCount(cell.item + 1)}`}, ${stages[cell.stage] ?? ''}: ${word}`)
    if (openItem !== null) onOpen(cell.item)
  }

  function press(event: KeyboardEvent): void {
    const key = gridKey(event)
    if (key === null || items === 0) return
    event.preventDefault()
    if (key.kind === 'move') goTo(moveFocus(focus, layout, key))
    else if (key.kind === 'end') goTo({ item: key.last ? items - 1 : 0, stage: focus.stage })
    else if (key.kind === 'zoom')
      change((view) => zoomView(view, { shape, box }, { factor: key.factor, at: middleOfFocus() }))
    else if (key.kind === 'fit') change(null)
    else if (key.kind === 'open') onOpen(focus.item)
    else goToFailed(key.backwards)
  }

  function goToFailed(backwards: boolean): void {
    const failed = nextFailed(model.pyramid, focus.item * stages.length + focus.stage, backwards)
    if (failed === null) setSaid('No cell has failed.')
    else goTo(failed)
  }

  function middleOfFocus(): Point {
    const rect = cellRect(layout, unitOf(layout, focus.item), focus.stage)
    return rect === null ? { x: width / 2, y: height / 2 } : { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
  }

  const focused = cellRect(layout, unitOf(layout, focus.item), focus.stage)
  const opened = openItem === null ? null : cellRect(layout, unitOf(layout, openItem), 0)
  const hovered = hit === null ? null : cellRect(layout, hit.unit, hit.stage)
  return (
    <div className={classes.root}>
      {children?.(state)}
      <div
        ref={area}
        className={classes.area}
        data-dragging={isDragging}
        role="application"
        aria-roledescription="grid of items and stages"
        aria-label={label}
        aria-describedby={keysId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the cells are drawn, so what they are drawn on takes the keys
        tabIndex={0}
        onKeyDown={press}
      >
        <canvas ref={canvas} className={classes.canvas} style={{ width, height }} />
        {opened !== null && (
          <div className={classes.opened} style={outline(opened, layout.rowHeight * stages.length - layout.gap)} />
        )}
        {hovered !== null && <div className={classes.hovered} style={outline(hovered)} />}
        {focused !== null && <div className={classes.focused} style={outline(focused)} />}
        {hit !== null && pointer !== null && (
          <GridHover
            hit={hit}
            at={pointer}
            model={model}
            layout={layout}
            stages={stages}
            keyOf={keyOf}
            width={width}
            height={height}
          />
        )}
        {needsRail(layout) && (
          <div className={classes.rail} style={{ left: layout.left, height: RAIL_HEIGHT }} aria-hidden />
        )}
      </div>
      <div id={keysId} hidden>
        Arrows move, Enter opens the item, F goes to the next failed cell, plus and minus zoom, 0 shows everything.
      </div>
      <div role="status" className={classes.unseen}>
        {said}
      </div>
    </div>
  )
}

const CODES = Array.from({ length: 16 }, (_, code) => code)

function outline(rect: { x: number; y: number; width: number; height: number }, height = rect.height) {
  return { left: rect.x, top: rect.y, width: rect.width, height }
}
