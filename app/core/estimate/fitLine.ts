import type { Draws } from './draws.ts'
import { sum } from './stageSample.ts'

/** A quantity of an item by its size: `mean` at `meanSize`, rising by `elasticity` times in proportion. */
export interface Line {
  readonly mean: number
  readonly meanSize: number
  /** 0: it is the same for every size. 1: it is in proportion to the size. */
  readonly elasticity: number
  /** How far single items lie from the line, as a share of it. */
  readonly spread: number
}

interface Points {
  readonly sizes: readonly number[]
  readonly values: readonly number[]
  readonly weights: readonly number[]
}

/** Beyond it a larger item would be believed to take more than it can. */
const STEEPEST = 1.3
/** What is believed of the elasticity before anything is seen, and how firmly. */
const USUAL = 0.5
const USUAL_SPREAD = 0.4

/**
 * The line through the weighted middle of the points. Few or crowded points say little about its slope: it is then drawn
 * towards what is usual, the more the less they say.
 */
export function fitLine({ sizes, values, weights }: Points, draws: Draws): Line {
  const weight = sum(weights)
  if (weight === 0) return { mean: 0, meanSize: 1, elasticity: 0, spread: 0 }
  const meanOf = (of: readonly number[]) => sum(of.map((value, place) => value * (weights[place] ?? 0))) / weight
  const [mean, meanSize] = [meanOf(values), meanOf(sizes)]
  if (mean === 0 || meanSize === 0) return { mean, meanSize: Math.max(1, meanSize), elasticity: 0, spread: 0 }
  // Both axes in shares of the middle: the slope is then the elasticity.
  const xs = sizes.map((size) => size / meanSize - 1)
  const ys = values.map((value) => value / mean - 1)
  const xx = meanOf(xs.map((x) => x * x))
  const xy = meanOf(xs.map((x, place) => x * (ys[place] ?? 0)))
  const usual = USUAL + USUAL_SPREAD * draws.normal()
  const believed = 1 / USUAL_SPREAD ** 2
  const slope = xx > 1e-9 ? xy / xx : usual
  const residual = (elasticity: number) => meanOf(xs.map((x, place) => ((ys[place] ?? 0) - elasticity * x) ** 2))
  const points = sum(weights) ** 2 / Math.max(1e-12, sum(weights.map((one) => one * one)))
  const said = xx > 1e-9 && points > 1 ? (points * xx) / Math.max(1e-6, residual(slope) * (points / (points - 1))) : 0
  const elasticity = Math.min(STEEPEST, Math.max(-0.3, (slope * said + usual * believed) / (said + believed)))
  const spread = Math.sqrt(residual(elasticity) * (points > 1.5 ? points / (points - 1) : 1))
  return { mean, meanSize, elasticity, spread }
}

/** What so many items of so much size together come to; never below nothing. */
export function sumOfLine(line: Line, items: { readonly count: number; readonly total: number }): number {
  const { mean, meanSize, elasticity } = line
  return Math.max(0, mean * (items.count * (1 - elasticity) + (elasticity * items.total) / meanSize))
}

export function atSize(line: Line, size: number): number {
  return Math.max(0, line.mean * (1 - line.elasticity + (line.elasticity * size) / line.meanSize))
}
