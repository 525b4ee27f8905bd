import { expect, it } from 'vitest'
import type { CostQualityPoint } from '../../../../shared/compare/costQuality.ts'
import { pictureScale } from './pictureScale.ts'

function aPoint(costMicrosPer1000: number, low: number): CostQualityPoint {
  const quality = { count: 9, of: 10, share: 0.9, low, high: 1 }
  return { variant: 'x', costMicrosPer1000, quality, isReference: false }
}

it('begins at no cost, ends at the dearest, and holds every bar', () => {
  const { x, y, xTicks, yTicks } = pictureScale([aPoint(0, 0.62), aPoint(4_200_000, 0.7)])
  expect([x(0), x(4_200_000), y(0.6), y(1)].map((value) => value.toFixed(2))).toEqual(['0.06', '0.94', '0.06', '0.94'])
  expect(xTicks).toEqual([0, 1_000_000, 2_000_000, 3_000_000, 4_000_000])
  expect(yTicks.map((share) => Math.round(share * 100))).toEqual([60, 70, 80, 90, 100])
})

it('has a place where nothing costs anything', () => {
  const { x, y } = pictureScale([aPoint(0, 0)])
  expect([x(0), y(0), y(1)].every(Number.isFinite)).toBe(true)
})
