import { CELL_CODE, cellState } from '../../../shared/cell.ts'
import { STATE_LOOKS } from '../StateGlyph.tsx'
import { cellRect } from './gridHit.ts'
import { endUnit, type GridLayout } from './gridLayout.ts'
import type { GridPalette } from './gridPalette.ts'
import { levelOf, STATE_COUNT, type StatePyramid } from './statePyramid.ts'
import { fillRect, type Surface } from './surface.ts'

/** Everything the cells are drawn from. */
export interface GridPicture {
  readonly layout: GridLayout
  readonly pyramid: StatePyramid
  readonly palette: GridPalette
  readonly sprite: (state: number, size: number) => HTMLCanvasElement
  /** Codes of the states that are drawn in full; null: all. */
  readonly shown: ReadonlySet<number> | null
}

const GLYPH_FROM = 14
const WORD_FROM = 118

/** From the bottom of a bucket's stack to its top. */
const STACK: readonly number[] = [
  CELL_CODE.succeeded,
  CELL_CODE.remembered,
  CELL_CODE.skipped,
  CELL_CODE.cancelled,
  CELL_CODE.held,
  CELL_CODE.failed,
  CELL_CODE.retrying,
  CELL_CODE.running,
  CELL_CODE.waiting,
]
/** States that a bucket marks at its top however few of its items are in them, the worst first. */
const MARKED: readonly number[] = [CELL_CODE.failed, CELL_CODE.held, CELL_CODE.retrying]
const LEAST_MARK = 3
const MOST_MARK = 6

export function drawAllCells(surface: Surface, picture: GridPicture): void {
  const { layout } = picture
  if (layout.bucket > 1) {
    for (let unit = layout.firstUnit; unit < endUnit(layout); unit++)
      for (let stage = 0; stage < layout.shape.stages; stage++) drawBucket(surface, picture, { unit, stage })
  } else drawSingleCells(surface, picture, unitsInSight(layout))
}

/** Draws again what changed since; `cells` are positions in the run's states. */
export function drawChangedCells(surface: Surface, picture: GridPicture, cells: readonly number[]): void {
  const { layout } = picture
  const { stages } = layout.shape
  if (layout.bucket === 1) {
    drawSingleCells(surface, picture, new Set(cells.map((cell) => Math.floor(cell / stages))))
    return
  }
  const buckets = new Set<number>()
  for (const cell of cells) {
    const item = Math.floor(cell / stages)
    buckets.add(Math.floor(item / layout.bucket) * stages + (cell - item * stages))
  }
  for (const bucket of buckets)
    drawBucket(surface, picture, { unit: Math.floor(bucket / stages), stage: bucket % stages })
}

function* unitsInSight(layout: GridLayout): Generator<number> {
  for (let unit = layout.firstUnit; unit < endUnit(layout); unit++) yield unit
}

function drawSingleCells(surface: Surface, picture: GridPicture, units: Iterable<number>): void {
  const { layout, pyramid } = picture
  const { stages } = layout.shape
  // One colour after the other: setting a colour costs more than filling a cell.
  const byState: number[][] = Array.from({ length: STATE_COUNT }, () => [])
  for (const unit of units)
    for (let cell = unit * stages; cell < (unit + 1) * stages; cell++) byState[pyramid.states[cell] ?? 0]?.push(cell)
  for (const [state, cells] of byState.entries()) if (cells.length > 0) drawCellsOf(state, { surface, picture, cells })
}

interface CellsOfState {
  readonly surface: Surface
  readonly picture: GridPicture
  readonly cells: readonly number[]
}

function drawCellsOf(state: number, { surface, picture, cells }: CellsOfState): void {
  const { layout, palette } = picture
  const { stages } = layout.shape
  const { context, scale } = surface
  context.fillStyle = colorOf(picture, state)
  const hasGlyph = Math.min(layout.unitWidth, layout.rowHeight) >= GLYPH_FROM && isShown(picture, state)
  const size = Math.min(18, Math.floor(Math.min(layout.unitWidth, layout.rowHeight) * 0.72))
  const glyph = hasGlyph ? picture.sprite(state, size) : null
  const word = hasGlyph && layout.unitWidth >= WORD_FROM ? STATE_LOOKS[cellState(state)].word : null
  const wordWidth = word === null ? 0 : measure(surface, palette, word)
  for (const cell of cells) {
    const unit = Math.floor(cell / stages)
    const rect = cellRect(layout, unit, cell - unit * stages)
    if (rect === null) continue
    fillRect(surface, { x: rect.x, y: rect.y, width: rect.width, height: rect.height })
    if (glyph === null) continue
    const left = rect.x + (rect.width - size - (word === null ? 0 : wordWidth + 6)) / 2
    context.drawImage(glyph, Math.round(left * scale), Math.round((rect.y + (rect.height - size) / 2) * scale))
    if (word === null) continue
    context.fillStyle = palette.ink[state] ?? palette.text
    context.fillText(word, Math.round((left + size + 6) * scale), Math.round((rect.y + rect.height / 2) * scale))
    context.fillStyle = colorOf(picture, state)
  }
}

function measure({ context, scale }: Surface, palette: GridPalette, word: string): number {
  context.font = `${Math.round(11 * scale)}px ${palette.font}`
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  return context.measureText(word).width / scale
}

function drawBucket(surface: Surface, picture: GridPicture, { unit, stage }: { unit: number; stage: number }): void {
  const { layout, pyramid, palette } = picture
  const rect = cellRect(layout, unit, stage)
  const level = levelOf(pyramid, layout.bucket)
  if (rect === null || level === null) return
  const at = (unit * layout.shape.stages + stage) * STATE_COUNT
  const cells = Math.min(layout.bucket, layout.shape.items - unit * layout.bucket)
  const { context } = surface
  const mark = worstMark(level.counts, at, rect.height / cells)
  const headroom = mark === null ? 0 : mark.height + 1
  const height = rect.height - headroom
  context.fillStyle = palette.surface
  if (mark !== null) fillRect(surface, { x: rect.x, y: rect.y, width: rect.width, height: headroom })
  let below = 0
  let bottom = height
  for (const state of STACK) {
    const count = level.counts[at + state] ?? 0
    if (count === 0) continue
    below += count
    const top = Math.round(height * (1 - below / cells))
    if (top < bottom) {
      context.fillStyle = colorOf(picture, state)
      fillRect(surface, { x: rect.x, y: rect.y + headroom + top, width: rect.width, height: bottom - top })
    }
    bottom = top
  }
  if (mark === null) return
  context.fillStyle = colorOf(picture, mark.state)
  fillRect(surface, { x: rect.x, y: rect.y, width: rect.width, height: mark.height })
}

/** The mark grows with the logarithm of the cells, so that one is seen and a hundred are told from it. */
function worstMark(
  counts: ArrayLike<number>,
  at: number,
  pixelsPerCell: number,
): { state: number; height: number } | null {
  for (const state of MARKED) {
    const count = counts[at + state] ?? 0
    if (count === 0) continue
    const height = Math.min(MOST_MARK, Math.round(LEAST_MARK + Math.log(count) / Math.log(8)))
    return count * pixelsPerCell >= height ? null : { state, height }
  }
  return null
}

function colorOf({ palette, shown }: GridPicture, state: number): string {
  return (shown === null || shown.has(state) ? palette.fill[state] : palette.dimmed[state]) ?? palette.surface
}

function isShown({ shown }: GridPicture, state: number): boolean {
  return shown === null || shown.has(state)
}
