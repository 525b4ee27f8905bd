import type { Band } from '../../../shared/estimate.ts'

/** What was estimated of a run, in the middle, and what it came to. In the same unit. */
export interface Outcome {
  readonly estimated: number
  readonly actual: number
}

export interface Calibration {
  /** What the middle is multiplied by. */
  readonly factor: number
  /** What the band's width is multiplied by, on a scale of proportions. */
  readonly width: number
  readonly runs: number
}

const NOT_CALIBRATED: Calibration = { factor: 1, width: 1, runs: 0 }

/** So many runs of doubt: the first one counts for little, the tenth for nearly all. */
const DOUBT = 1
/** However well it went so far, a band is not believed to be narrower than this share of what the sample says. */
const NARROWEST = 0.5
/** Between them 80 % of a normal distribution, in its spreads. */
const Z90 = 1.2816

/** What earlier runs of the same chain say of an estimate. Older ones count as much as newer ones; the last ten are taken. */
export function calibration(band: Band, outcomes: readonly Outcome[]): Calibration {
  const usable = outcomes.filter(({ estimated, actual }) => estimated > 0 && actual > 0).slice(-10)
  if (usable.length === 0 || band.p50 <= 0) return NOT_CALIBRATED
  const logs = usable.map(({ estimated, actual }) => Math.log(actual / estimated))
  const count = logs.length
  const mean = logs.reduce((sum, one) => sum + one, 0) / (count + DOUBT)
  const own = Math.max(1e-6, Math.log(Math.max(band.p90, band.p50) / Math.max(1e-9, band.p10)) / (2 * Z90))
  const missed = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  // The spread that the sample says counts as two runs that missed by just that much.
  const spread = Math.sqrt((missed + 2 * own ** 2) / (count + 2))
  return { factor: Math.exp(mean), width: Math.max(NARROWEST, spread / own), runs: count }
}

export function calibrated({ p10, p50, p90 }: Band, { factor, width }: Calibration): Band {
  const moved = (value: number) => (p50 <= 0 || value <= 0 ? value : factor * p50 * (value / p50) ** width)
  return { p10: moved(p10), p50: moved(p50), p90: moved(p90) }
}
