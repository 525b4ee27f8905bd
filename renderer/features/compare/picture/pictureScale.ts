import type { CostQualityPoint } from '../../../../shared/compare/costQuality.ts'

/** Where things stand in the picture: fractions of its plot, from its left and from its bottom. */
export interface PictureScale {
  x(costMicrosPer1000: number): number
  y(share: number): number
  /** Millionths of a dollar. */
  readonly xTicks: readonly number[]
  /** Shares. */
  readonly yTicks: readonly number[]
}

/** Room at each side, so that no point stands on an axis. */
const MARGIN = 0.06

/** Cost from 0 on, for a cost of nothing is a place too; quality from below the lowest bar to 100 %. */
export function pictureScale(points: readonly CostQualityPoint[]): PictureScale {
  const dearest = Math.max(1, ...points.map(({ costMicrosPer1000 }) => costMicrosPer1000))
  const lowest = Math.min(0.9, ...points.map(({ quality }) => quality.low))
  const floor = Math.max(0, Math.floor(lowest * 10) / 10)
  const within = (share: number) => MARGIN + share * (1 - 2 * MARGIN)
  const step = niceStep(dearest)
  const yStep = 1 - floor > 0.5 ? 0.2 : 0.1
  return {
    x: (cost) => within(cost / dearest),
    y: (share) => within((share - floor) / (1 - floor)),
    xTicks: Array.from({ length: Math.floor(dearest / step) + 1 }, (_, at) => at * step),
    yTicks: Array.from({ length: Math.floor((1 - floor) / yStep + 1e-9) + 1 }, (_, at) => 1 - at * yStep).toReversed(),
  }
}

/** 1, 2 or 5 times a power of ten, four to eight of which make the whole. */
function niceStep(whole: number): number {
  const rough = whole / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10
  return factor * power
}
