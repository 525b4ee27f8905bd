import { expect, it } from 'vitest'
import type { PlacedNode } from './mapPlaces.ts'
import { absolutePosition, mapAt, withinMap } from './mapPlaces.ts'
import { settlePlaces } from './settlePlaces.ts'

const NODES: readonly PlacedNode[] = [
  { id: 'outer', type: 'map', position: { x: 100, y: 100 }, width: 900, height: 600 },
  { id: 'inner', type: 'map', position: { x: 56, y: 80 }, width: 400, height: 300, parentId: 'outer' },
  { id: 'a', type: 'stage', position: { x: 56, y: 80 }, parentId: 'inner' },
  { id: 'b', type: 'stage', position: { x: 56, y: 200 }, parentId: 'inner' },
]

it('knows where a stage stands on the canvas, and as seen from a map', () => {
  expect(absolutePosition(NODES, 'a')).toEqual({ x: 212, y: 260 })
  expect(withinMap(NODES, 'inner', { x: 212, y: 260 })).toEqual({ x: 56, y: 80 })
})

it('finds the innermost map under a point, but never one that is being dragged', () => {
  const point = { x: 220, y: 250 }
  expect([mapAt(NODES, point), mapAt(NODES, point, ['inner']), mapAt(NODES, point, ['outer'])]).toEqual([
    'inner',
    'outer',
    null,
  ])
  expect(mapAt(NODES, { x: 5, y: 5 })).toBeNull()
})

it('writes the places of all stages in a map, so that none of them is laid out anew', () => {
  expect(settlePlaces(NODES, 'inner', { a: { x: 80, y: 88 } })).toEqual({ a: { x: 80, y: 88 }, b: { x: 56, y: 200 } })
})

it('makes every map around reach further out, and leaves what is inside where it is seen', () => {
  const after = settlePlaces(NODES, 'inner', { a: { x: 16, y: 80 } })
  const moved = NODES.map((node) => ({ ...node, position: after[node.id] ?? node.position }))
  expect(after).toMatchObject({ a: { x: 56, y: 80 }, inner: { x: 56 }, outer: { x: 60 } })
  expect([absolutePosition(moved, 'a'), absolutePosition(moved, 'b')]).toEqual([
    { x: 172, y: 260 },
    { x: 212, y: 380 },
  ])
})

it('leaves the chain itself unbounded', () => {
  expect(settlePlaces(NODES, null, { outer: { x: -400, y: -8 } })).toEqual({ outer: { x: -400, y: -8 } })
})
