import { CELL_CODE } from '../../../shared/cell.ts'
import { BUCKET_FACTOR, capacity, endUnit, type GridLayout } from './gridLayout.ts'
import type { GridPalette } from './gridPalette.ts'
import { levelOf, STATE_COUNT, type StatePyramid } from './statePyramid.ts'
import { fillRect, type Surface } from './surface.ts'

/** The strip at the foot that shows, while zoomed in, the whole run and which part of it is in sight. */
export const RAIL_HEIGHT = 12

export interface RailPicture {
  readonly layout: GridLayout
  readonly pyramid: StatePyramid
  readonly palette: GridPalette
}

/** Whether there is more than is in sight. */
export function needsRail(layout: GridLayout): boolean {
  return layout.units > capacity(layout)
}

/** The first item in sight when the rail is pressed at `x`. */
export function railItem(layout: GridLayout, x: number, width: number): number {
  const share = (x - layout.left) / Math.max(1, width - layout.left)
  return Math.round(share * layout.shape.items - (capacity(layout) * layout.bucket) / 2)
}

export function drawRail(surface: Surface, { layout, pyramid, palette }: RailPicture): void {
  if (!needsRail(layout)) return
  const width = surface.width - layout.left
  const top = surface.height - RAIL_HEIGHT
  const { context } = surface
  context.fillStyle = palette.surface
  fillRect(surface, { x: 0, y: top - 2, width: surface.width, height: RAIL_HEIGHT + 2 })
  const bucket = railBucket(layout.shape.items, width)
  const level = levelOf(pyramid, bucket)
  if (level === null) return
  const perItem = width / layout.shape.items
  const { stages } = layout.shape
  for (let unit = 0; unit < level.units; unit++) {
    context.fillStyle = palette.fill[foremost(level.counts, unit * stages * STATE_COUNT, stages)] ?? palette.line
    const left = unit * bucket * perItem
    const right = Math.min(width, (unit + 1) * bucket * perItem)
    fillRect(surface, { x: layout.left + left, y: top + 3, width: right - left, height: RAIL_HEIGHT - 6 })
  }
  const from = layout.firstUnit * layout.bucket * perItem
  const to = Math.min(layout.shape.items, endUnit(layout) * layout.bucket) * perItem
  frame(surface, palette.accent, { x: layout.left + from, y: top, width: Math.max(6, to - from) })
}

function frame(surface: Surface, color: string, { x, y, width }: { x: number; y: number; width: number }): void {
  surface.context.fillStyle = color
  fillRect(surface, { x, y, width, height: 2 })
  fillRect(surface, { x, y: y + RAIL_HEIGHT - 2, width, height: 2 })
  fillRect(surface, { x, y, width: 2, height: RAIL_HEIGHT })
  fillRect(surface, { x: x + width - 2, y: y, width: 2, height: RAIL_HEIGHT })
}

function railBucket(items: number, width: number): number {
  let bucket = BUCKET_FACTOR
  while (items / bucket > width / 2) bucket *= BUCKET_FACTOR
  return bucket
}

const FIRST_SEEN: readonly number[] = [CELL_CODE.failed, CELL_CODE.held, CELL_CODE.retrying, CELL_CODE.running]

/** The worst state that is there at all, else the one that most cells are in. */
function foremost(counts: ArrayLike<number>, at: number, stages: number): number {
  const sums: number[] = new Array(STATE_COUNT).fill(0)
  for (let offset = 0; offset < stages * STATE_COUNT; offset++) {
    const state = offset % STATE_COUNT
    sums[state] = (sums[state] ?? 0) + (counts[at + offset] ?? 0)
  }
  const seen = FIRST_SEEN.find((state) => (sums[state] ?? 0) > 0)
  return seen ?? sums.indexOf(Math.max(...sums))
}
