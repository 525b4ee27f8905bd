import { expect, it } from 'vitest'
import { freePlace, GRID, placeNodes, tidyPositions } from './placeNodes.ts'

const LINKS = [
  { source: 'a', target: 'b' },
  { source: 'b', target: 'c' },
  { source: 'a', target: 'c' },
]

it('puts every node to the right of what it waits for, on the grid', () => {
  const tidy = tidyPositions(['a', 'b', 'c'], LINKS)
  const at = (id: string) => tidy.get(id) ?? { x: Number.NaN, y: Number.NaN }
  expect([at('a').x < at('b').x, at('b').x < at('c').x]).toEqual([true, true])
  for (const { x, y } of tidy.values()) expect([Math.abs(x % GRID), Math.abs(y % GRID)]).toEqual([0, 0])
})

it('gives the same places for the same chain', () => {
  expect(tidyPositions(['a', 'b', 'c'], LINKS)).toEqual(tidyPositions(['a', 'b', 'c'], LINKS))
})

it('puts a new node where its stored neighbours are, however far from the tidy chart', () => {
  const placed = placeNodes(['a', 'b', 'c'], LINKS, { a: { x: 5000, y: 3000 }, b: { x: 5400, y: 3000 } })
  const c = placed.get('c') ?? { x: 0, y: 0 }
  expect([c.x > 5400, Math.abs(c.y - 3000) < 400]).toEqual([true, true])
})

it('moves down from a place that is taken', () => {
  expect(freePlace({ x: 0, y: 0 }, [{ x: 8, y: 8 }])).toEqual({ x: 0, y: 128 })
})
