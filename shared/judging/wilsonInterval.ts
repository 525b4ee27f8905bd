import type { Interval } from './interval.ts'

/** Of a normal distribution: as far as this from the middle lies 95 % of it. */
const Z = 1.959964

/**
 * The 95 % interval of a share (0 to 1) of which `passed` of `total` were seen; 0 to 1 where nothing was.
 * Wilson's, which holds for few cases and for shares near 0 and 1. Either may be a fraction.
 */
export function wilsonInterval(passed: number, total: number): Interval {
  if (total <= 0) return { low: 0, high: 1 }
  const share = passed / total
  const middle = (share + Z ** 2 / (2 * total)) / (1 + Z ** 2 / total)
  const half = (Z / (1 + Z ** 2 / total)) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2))
  // What was seen is always within; rounding must not say otherwise at 0 and 1.
  return { low: Math.max(0, Math.min(share, middle - half)), high: Math.min(1, Math.max(share, middle + half)) }
}
