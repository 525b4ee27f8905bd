import { Position } from '@xyflow/react'
import { expect, it } from 'vitest'
import { roundedPath, wirePath } from './wirePath.ts'

const sides = { sourcePosition: Position.Right, targetPosition: Position.Left }

/** Height at which the label stands: that of the long stretch. */
function stretch(sourceY: number, targetY: number, track = 0): number {
  return wirePath({ sourceX: 0, sourceY, targetX: 900, targetY, ...sides, track })[2]
}

it('runs below the row when it passes a column within it', () => {
  expect(stretch(100, 100)).toBeGreaterThan(100 + 58)
})

it('runs between the rows when it passes a column on its way to another row', () => {
  expect([stretch(500, 100) > 158, stretch(500, 100) < 500]).toEqual([true, true])
  expect([stretch(100, 500) < 470, stretch(100, 500) > 100]).toEqual([true, true])
})

it('keeps wires of different stages apart', () => {
  expect(stretch(100, 100, 1) - stretch(100, 100, 0)).toBe(10)
})

it('rounds corners no further than half way to the next one', () => {
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 4 },
      { x: 30, y: 4 },
    ]),
  ).toBe('M0,0 L5,0 Q10,0 10,2 L10,2 Q10,4 18,4 L30,4')
})

it('runs beneath a map that it passes', () => {
  const [, , y] = wirePath({ sourceX: 0, sourceY: 100, targetX: 900, targetY: 100, ...sides, track: 0, room: 300 })
  expect(y).toBeGreaterThan(100 - 30 + 300)
})
