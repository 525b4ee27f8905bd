import { type Point, slotAt, unitOf, withinSlot } from './gridHit.ts'
import {
  capacity,
  endUnit,
  fitGrid,
  type GridBox,
  type GridLayout,
  type GridShape,
  type GridView,
  layoutGrid,
  zoomRange,
} from './gridLayout.ts'

/** Moves through the grid: each takes a view and gives the next one. Pure. */
interface Place {
  readonly shape: GridShape
  readonly box: GridBox
}

/** Everything in sight. */
export function fitView({ shape, box }: Place): GridView {
  return { itemWidth: fitGrid(shape, box).itemWidth, first: 0 }
}

/** Zooms by a factor; the item under the point stays under it, wherever there are items enough around it. */
export function zoomView(view: GridView, place: Place, { factor, at }: { factor: number; at: Point }): GridView {
  const { least, most } = zoomRange(place.shape, place.box)
  const itemWidth = Math.max(least, Math.min(most, view.itemWidth * factor))
  const before = layoutGrid(place.shape, place.box, view)
  const unit = Math.min(before.units - 1, before.firstUnit + slotAt(before, at))
  const item = Math.min(place.shape.items - 1, Math.floor((unit + withinSlot(before, at)) * before.bucket))
  return settle({ itemWidth, first: firstFor(place, { itemWidth, item, at }) }, place)
}

function firstFor(
  { shape, box }: Place,
  { itemWidth, item, at }: { itemWidth: number; item: number; at: Point },
): number {
  const after = layoutGrid(shape, box, { itemWidth, first: 0 })
  return (unitOf(after, item) - slotAt(after, at)) * after.bucket
}

/** Drags the cells by so many pixels: along the axis, and from band to band. `view` is that of the drag's beginning. */
export function panView(view: GridView, place: Place, { dx, dy }: { dx: number; dy: number }): GridView {
  const layout = layoutGrid(place.shape, place.box, view)
  const units = Math.round(dx / layout.unitWidth) + Math.round(dy / layout.bandHeight) * layout.perBand
  return settle({ itemWidth: view.itemWidth, first: (layout.firstUnit - units) * layout.bucket }, place)
}

/** Brings an item into sight, in the middle if it was not there; the same view if it is. */
export function revealItem(view: GridView, place: Place, item: number): GridView {
  const layout = layoutGrid(place.shape, place.box, view)
  const unit = unitOf(layout, item)
  if (unit >= layout.firstUnit && unit < endUnit(layout)) return view
  return settle({ itemWidth: view.itemWidth, first: (unit - Math.floor(capacity(layout) / 2)) * layout.bucket }, place)
}

/** Zooms to a bucket's items: as large as they can be with all of them in sight. */
export function zoomToItems(view: GridView, place: Place, { from, to }: { from: number; to: number }): GridView {
  const { shape, box } = place
  let { most: itemWidth } = zoomRange(shape, box)
  const holdsAll = (width: number): boolean => {
    const layout = layoutGrid(shape, box, { itemWidth: width, first: 0 })
    return capacity(layout) * layout.bucket >= to - from
  }
  while (itemWidth > view.itemWidth && !holdsAll(itemWidth)) itemWidth *= 0.9
  const layout = layoutGrid(shape, box, { itemWidth, first: 0 })
  const spare = Math.max(0, capacity(layout) - Math.ceil((to - from) / layout.bucket))
  return settle({ itemWidth, first: (unitOf(layout, from) - Math.floor(spare / 2)) * layout.bucket }, place)
}

/** Moves the focus by columns and rows; up and down go on in the next band at a band's edge. */
export function moveFocus(
  focus: { readonly item: number; readonly stage: number },
  layout: GridLayout,
  { columns, rows }: { columns: number; rows: number },
): { readonly item: number; readonly stage: number } {
  const { items, stages } = layout.shape
  const down = focus.stage + rows
  const bandStep = Math.floor(down / stages)
  const unit = unitOf(layout, focus.item) + columns + bandStep * layout.perBand
  if (unit < 0 || unit >= layout.units) return focus
  const item = columns === 0 && bandStep === 0 ? focus.item : Math.min(items - 1, unit * layout.bucket)
  return { item, stage: down - bandStep * stages }
}

function settle(view: GridView, { shape, box }: Place): GridView {
  const layout = layoutGrid(shape, box, view)
  const lastFirst = Math.max(0, layout.units - capacity(layout)) * layout.bucket
  return { itemWidth: view.itemWidth, first: Math.max(0, Math.min(lastFirst, view.first)) }
}
