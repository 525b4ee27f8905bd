import { seededRandom } from '../../../shared/judging/seededRandom.ts'

/** Random numbers of the shapes that resampling needs; the same for the same seed. */
export interface Draws {
  /** 0 ≤ n < 1. */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Exponential with mean 1: the weight of one observation in a Bayesian bootstrap. */
  weight(): number
  /** Gamma with shape ½: half a pseudo-observation. */
  halfWeight(): number
}

export function createDraws(seed: number): Draws {
  const uniform = seededRandom(seed)
  // 1 - n keeps the logarithm's argument above 0.
  const weight = () => -Math.log(1 - uniform())
  const normal = () => Math.sqrt(2 * weight()) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal, weight, halfWeight: () => normal() ** 2 / 2 }
}

/** Weights of 1 in place of chance: what an estimate's middle rests on. */
export const NO_CHANCE: Draws = { uniform: () => 0.5, normal: () => 0, weight: () => 1, halfWeight: () => 0.5 }
