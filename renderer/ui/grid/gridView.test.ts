import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hitTest } from './gridHit.ts'
import { endUnit, layoutGrid, zoomRange } from './gridLayout.ts'
import { fitView, moveFocus, panView, revealItem, zoomToItems, zoomView } from './gridView.ts'

const box = { width: 1310, height: 380, gutter: 110 }
const million = { shape: { items: 1_000_000, stages: 3 }, box }

describe('zooming the grid', () => {
  it('keeps the item under the pointer under it, from all items down to one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 900 }),
        fc.integer({ min: 140, max: 240 }),
        fc.array(fc.double({ min: 1.02, max: 3, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (x, y, factors) => {
          const at = { x, y }
          let view = fitView(million)
          for (const factor of factors) {
            const before = hitTest(layoutGrid(million.shape, box, view), at)
            view = zoomView(view, million, { factor, at })
            const layout = layoutGrid(million.shape, box, view)
            const after = hitTest(layout, at)
            if (before === null || after === null || layout.firstUnit === 0 || endUnit(layout) === layout.units)
              continue
            expect(after.from < before.to && before.from < after.to).toBe(true)
          }
        },
      ),
    )
  })

  it('comes back to everything when it is zoomed out again', () => {
    const at = { x: 700, y: 200 }
    const near = zoomView(fitView(million), million, { factor: 1e6, at })
    expect(near.itemWidth).toBe(zoomRange(million.shape, box).most)
    expect(zoomView(near, million, { factor: 1e-9, at })).toEqual(fitView(million))
  })

  it('shows a bucket that was zoomed to, whole', () => {
    const view = zoomToItems(fitView(million), million, { from: 512_000, to: 513_024 })
    const layout = layoutGrid(million.shape, box, view)
    expect(layout.firstUnit * layout.bucket).toBeLessThanOrEqual(512_000)
    expect(endUnit(layout) * layout.bucket).toBeGreaterThanOrEqual(513_024)
    expect(layout.bucket).toBe(1)
  })
})

describe('moving over the grid', () => {
  it('never leaves the items, however far it is dragged', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e5, max: 1e5 }), (dx, dy) => {
        const view = panView({ itemWidth: 20, first: 400_000 }, million, { dx, dy })
        const layout = layoutGrid(million.shape, box, view)
        expect(layout.firstUnit).toBeGreaterThanOrEqual(0)
        expect(endUnit(layout)).toBe(layout.firstUnit + layout.perBand * layout.bands)
      }),
    )
  })

  it('leaves the view alone when the item is in sight already, and brings it there when it is not', () => {
    const view = { itemWidth: 20, first: 400_000 }
    expect(revealItem(view, million, 400_010)).toBe(view)
    const layout = layoutGrid(million.shape, box, revealItem(view, million, 5))
    expect(layout.firstUnit).toBe(0)
  })

  it('goes on in the next band below the last stage, and stays at the end of the items', () => {
    const layout = layoutGrid(million.shape, box, { itemWidth: 20, first: 0 })
    expect(moveFocus({ item: 3, stage: 2 }, layout, { columns: 0, rows: 1 })).toEqual({
      item: 3 + layout.perBand,
      stage: 0,
    })
    expect(moveFocus({ item: 0, stage: 0 }, layout, { columns: -1, rows: 0 })).toEqual({ item: 0, stage: 0 })
    expect(moveFocus({ item: 999_999, stage: 1 }, layout, { columns: 1, rows: 0 })).toEqual({ item: 999_999, stage: 1 })
  })
})
