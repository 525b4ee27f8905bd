import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellRect, hitTest } from './gridHit.ts'
import { capacity, endUnit, fitGrid, type GridBox, layoutGrid } from './gridLayout.ts'
import { fitView } from './gridView.ts'

const box: GridBox = { width: 1400, height: 380, gutter: 110 }
const shapes = fc.record({ items: fc.integer({ min: 1, max: 2_000_000 }), stages: fc.integer({ min: 1, max: 8 }) })
const boxes = fc.record({
  width: fc.integer({ min: 400, max: 2600 }),
  height: fc.integer({ min: 120, max: 1400 }),
  gutter: fc.integer({ min: 0, max: 160 }),
})

describe('the layout of the grid', () => {
  it('has every item in sight when nothing is zoomed', () => {
    fc.assert(
      fc.property(shapes, boxes, (shape, box) => {
        const layout = layoutGrid(shape, box, fitView({ shape, box }))
        expect(capacity(layout)).toBeGreaterThanOrEqual(layout.units)
        expect(layout.firstUnit).toBe(0)
      }),
    )
  })

  it('draws every unit in sight within the width, and no two over each other', () => {
    fc.assert(
      fc.property(shapes, boxes, (shape, box) => {
        const layout = layoutGrid(shape, box, fitView({ shape, box }))
        const last = cellRect(layout, Math.min(endUnit(layout), layout.perBand) - 1, 0)
        expect(last !== null && last.x + last.width <= box.width).toBe(true)
        const below = cellRect(layout, layout.perBand, 0)
        const above = cellRect(layout, 0, shape.stages - 1)
        if (below !== null && above !== null) expect(below.y).toBeGreaterThan(above.y + above.height)
      }),
    )
  })

  it('finds at the middle of each cell that very cell', () => {
    fc.assert(
      fc.property(shapes, boxes, fc.tuple(fc.nat(), fc.nat()), (shape, box, [someUnit, someStage]) => {
        const layout = layoutGrid(shape, box, fitView({ shape, box }))
        const unit = someUnit % layout.units
        const stage = someStage % shape.stages
        const rect = cellRect(layout, unit, stage)
        expect(rect).not.toBeNull()
        if (rect === null) return
        const hit = hitTest(layout, { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
        expect(hit).toMatchObject({ unit, stage })
        expect(hit?.to).toBeLessThanOrEqual(shape.items)
      }),
    )
  })

  it('names the items where there are few', () => {
    const layout = layoutGrid({ items: 40, stages: 3 }, box, fitView({ shape: { items: 40, stages: 3 }, box }))
    expect(layout).toMatchObject({ bucket: 1, headerShows: 'names', gap: 1 })
    expect(layout.bands).toBeGreaterThan(1)
  })

  it('draws 300 items as true cells that have room for a glyph', () => {
    const fit = fitGrid({ items: 300, stages: 3 }, box)
    expect(Math.min(fit.itemWidth, fit.rowHeight)).toBeGreaterThanOrEqual(14)
  })

  it('draws 5,000 items as true cells with a gap', () => {
    const layout = layoutGrid({ items: 5000, stages: 3 }, box, fitView({ shape: { items: 5000, stages: 3 }, box }))
    expect(layout).toMatchObject({ bucket: 1, gap: 1 })
  })

  it('puts a million items into buckets whose rows can show shares', () => {
    const layout = layoutGrid(
      { items: 1_000_000, stages: 3 },
      box,
      fitView({ shape: { items: 1_000_000, stages: 3 }, box }),
    )
    expect(layout.bucket).toBeGreaterThan(1)
    expect(layout.rowHeight).toBeGreaterThanOrEqual(20)
  })
})
