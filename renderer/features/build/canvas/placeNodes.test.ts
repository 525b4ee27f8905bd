import { expect, it } from 'vitest'
import { END_WIDTH, freePlace, GRID, placeNodes, STAGE_SIZE, tidyPositions } from './placeNodes.ts'

const sizeOf = (id: string) => (id === 'source' || id === 'result' ? { ...STAGE_SIZE, width: END_WIDTH } : STAGE_SIZE)
const LINKS = [
  { source: 'a', target: 'b' },
  { source: 'b', target: 'c' },
  { source: 'a', target: 'c' },
]

it('puts every node to the right of what it waits for, on the grid', () => {
  const tidy = tidyPositions(['a', 'b', 'c'], LINKS, sizeOf)
  const at = (id: string) => tidy.get(id) ?? { x: Number.NaN, y: Number.NaN }
  expect([at('a').x < at('b').x, at('b').x < at('c').x]).toEqual([true, true])
  for (const { x, y } of tidy.values()) expect([Math.abs(x % GRID), Math.abs(y % GRID)]).toEqual([0, 0])
})

it('gives the same places for the same chain', () => {
  expect(tidyPositions(['a', 'b', 'c'], LINKS, sizeOf)).toEqual(tidyPositions(['a', 'b', 'c'], LINKS, sizeOf))
})

const ENDS = ['source', 'result'] as const

it('puts a new stage where its stored neighbours are, however far from the tidy chart', () => {
  const stored = { a: { x: 5000, y: 3000 }, b: { x: 5400, y: 3000 } }
  const c = placeNodes({ stages: ['a', 'b', 'c'], ends: ENDS, links: LINKS, stored, sizeOf }).get('c') ?? { x: 0, y: 0 }
  expect([c.x > 5400, Math.abs(c.y - 3000) < 400]).toEqual([true, true])
})

it('keeps the two ends beside the outermost stages, whatever wires are drawn', () => {
  const stored = { a: { x: 400, y: 80 }, b: { x: 800, y: 160 } }
  const ends = [LINKS, []].map((links) => {
    const placed = placeNodes({ stages: ['a', 'b'], ends: ENDS, links, stored, sizeOf })
    return [placed.get('source'), placed.get('result')]
  })
  expect(ends).toEqual([
    [
      { x: 144, y: 80 },
      { x: 1104, y: 160 },
    ],
    [
      { x: 144, y: 80 },
      { x: 1104, y: 160 },
    ],
  ])
})

it('puts a wide node’s neighbour behind all of it', () => {
  const wide = (id: string) => (id === 'a' ? { width: 900, height: 400 } : STAGE_SIZE)
  const placed = placeNodes({
    stages: ['a', 'b'],
    ends: ENDS,
    links: LINKS,
    stored: { a: { x: 0, y: 0 } },
    sizeOf: wide,
  })
  expect((placed.get('b')?.x ?? 0) >= 900).toBe(true)
})

it('moves down from a place that is taken', () => {
  expect(freePlace({ x: 0, y: 0, ...STAGE_SIZE }, [{ x: 8, y: 8, ...STAGE_SIZE }])).toEqual({ x: 0, y: 128 })
})
