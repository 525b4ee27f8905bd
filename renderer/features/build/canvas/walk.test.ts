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

it('leaves a map at its sides, and enters it downwards', () => {
  const withMap = {
    nodes: [
      { id: 'list', position: { x: 0, y: 0 } },
      { id: 'each', position: { x: 300, y: 0 } },
      { id: 'read', position: { x: 356, y: 72 } },
      { id: 'sum', position: { x: 800, y: 0 } },
    ],
    edges: [
      { source: 'list', target: 'each' },
      { source: 'each', target: 'read', sourceHandle: 'element' },
      { source: 'read', target: 'each', targetHandle: 'result' },
      { source: 'each', target: 'sum' },
    ],
  }
  const steps = [
    ['list', 'right'],
    ['each', 'down'],
    ['read', 'right'],
    ['read', 'left'],
    ['each', 'right'],
    ['each', 'left'],
  ]
  expect(steps.map(([from = '', direction]) => walk(withMap, from, direction as 'left'))).toEqual([
    'each',
    'read',
    'each',
    'each',
    'sum',
    'list',
  ])
})
