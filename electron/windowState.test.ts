import { expect, it } from 'vitest'
import { placeWindow, type WindowState } from './windowState.ts'

const screen = { x: 0, y: 25, width: 1920, height: 1055 }
const left = (x: number, y: number, size = { width: 1200, height: 800 }): WindowState => ({
  bounds: { x, y, ...size },
  maximised: false,
})

it('opens where it was left, also on a second display', () => {
  const second = { x: -1600, y: 0, width: 1600, height: 900 }
  expect(placeWindow(left(-1500, 40), [screen, second])).toEqual({ x: -1500, y: 40, width: 1200, height: 800 })
})

it('opens in the middle, as large as it was, where its display is gone', () => {
  expect(placeWindow(left(-1500, 40), [screen])).toEqual({ width: 1200, height: 800 })
})

it.each([
  ['beyond the right edge', left(1850, 100)],
  ['above the work area', left(100, -300)],
  ['below the work area', left(100, 1060)],
])('does not open where nobody can take hold of it: %s', (_where, state) => {
  expect(placeWindow(state, [screen])).not.toHaveProperty('x')
})

it('is never larger than the display at the first start', () => {
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1280, height: 700 }])).toEqual({ width: 1280, height: 700 })
})

it('is never smaller than its screens need', () => {
  expect(placeWindow(left(10, 30, { width: 200, height: 100 }), [screen])).toEqual({
    x: 10,
    y: 30,
    width: 900,
    height: 600,
  })
})
