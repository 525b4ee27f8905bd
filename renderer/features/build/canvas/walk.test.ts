import { expect, it } from 'vitest'
import { walk } from './walk.ts'

const flow = {
  nodes: [
    { id: 'a', position: { x: 0, y: 0 } },
    { id: 'b', position: { x: 300, y: -200 } },
    { id: 'c', position: { x: 300, y: 20 } },
    { id: 'd', position: { x: 0, y: 200 } },
  ],
  edges: [
    { source: 'a', target: 'b' },
    { source: 'a', target: 'c' },
  ],
}

it('follows the straightest wire to the right, and the wires back to the left', () => {
  expect([walk(flow, 'a', 'right'), walk(flow, 'c', 'left')]).toEqual(['c', 'a'])
})

it('goes up and down to the nearest node, wired or not', () => {
  expect([walk(flow, 'a', 'down'), walk(flow, 'd', 'up')]).toEqual(['d', 'a'])
})

it('stays where no wire leads on', () => {
  expect([walk(flow, 'c', 'right'), walk(flow, 'd', 'left')]).toEqual([null, null])
})
