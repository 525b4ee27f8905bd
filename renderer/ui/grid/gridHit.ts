import { endUnit, type GridLayout } from './gridLayout.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What lies at a point of the grid: one cell, or one stage of a bucket. */
export interface GridHit {
  readonly unit: number
  readonly stage: number
  /** Items `[from, to)`. */
  readonly from: number
  readonly to: number
}

export function hitTest(layout: GridLayout, point: Point): GridHit | null {
  const band = Math.floor(point.y / layout.bandHeight)
  const stage = Math.floor((point.y - band * layout.bandHeight - layout.header) / layout.rowHeight)
  const column = Math.floor((point.x - layout.left) / layout.unitWidth)
  if (band < 0 || band >= layout.bands || column < 0 || column >= layout.perBand) return null
  if (stage < 0 || stage >= layout.shape.stages) return null
  const unit = layout.firstUnit + band * layout.perBand + column
  return unit < endUnit(layout) ? { unit, stage, ...itemsOf(layout, unit) } : null
}

export function itemsOf(layout: GridLayout, unit: number): { readonly from: number; readonly to: number } {
  return { from: unit * layout.bucket, to: Math.min(layout.shape.items, (unit + 1) * layout.bucket) }
}

export function unitOf(layout: GridLayout, item: number): number {
  return Math.floor(item / layout.bucket)
}

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a cell is drawn, without the gap; null: out of sight. */
export function cellRect(layout: GridLayout, unit: number, stage: number): Rect | null {
  const slot = unit - layout.firstUnit
  if (slot < 0 || unit >= endUnit(layout)) return null
  const band = Math.floor(slot / layout.perBand)
  return {
    x: layout.left + (slot - band * layout.perBand) * layout.unitWidth,
    y: band * layout.bandHeight + layout.header + stage * layout.rowHeight,
    width: layout.unitWidth - layout.gap,
    height: layout.rowHeight - layout.gap,
  }
}

/** The nearest slot to a point, also outside the cells: what a zoom or a drag holds on to. */
export function slotAt(layout: GridLayout, point: Point): number {
  const band = clamp(Math.floor(point.y / layout.bandHeight), layout.bands - 1)
  const column = clamp(Math.floor((point.x - layout.left) / layout.unitWidth), layout.perBand - 1)
  return band * layout.perBand + column
}

/** How far into its slot a point lies, 0 ≤ n < 1. */
export function withinSlot(layout: GridLayout, point: Point): number {
  const columns = (point.x - layout.left) / layout.unitWidth
  return columns < 0 || columns >= layout.perBand ? 0.5 : columns - Math.floor(columns)
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}
