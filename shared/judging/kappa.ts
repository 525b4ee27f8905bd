import type { Interval } from './interval.ts'
import { wilsonInterval } from './wilsonInterval.ts'

/** How far two judges agree beyond chance. */
export interface Agreement {
  /** Things that both have judged. */
  readonly count: number
  /** Share of them, 0 to 1, on which both said the same. */
  readonly same: number
  /** Cohen's kappa: 1 always the same, 0 as by chance, below 0 worse; null where chance alone would have agreed on all. */
  readonly kappa: number | null
  /** 95 %; null with `kappa`. */
  readonly interval: Interval | null
}

/**
 * Cohen's kappa of pairs of verdicts. Its interval is Wilson's of the share that is the same, carried over as Cohen did
 * with the normal one (the agreement by chance is taken as known): three verdicts that are all the same are not certainty.
 */
export function agreement(pairs: readonly (readonly [string, string])[]): Agreement {
  const count = pairs.length
  if (count === 0) return { count, same: 0, kappa: null, interval: null }
  const same = pairs.filter(([a, b]) => a === b).length / count
  const verdicts = [...new Set(pairs.flat())]
  const share = (side: 0 | 1, verdict: string) => pairs.filter((pair) => pair[side] === verdict).length / count
  const byChance = verdicts.reduce((sum, verdict) => sum + share(0, verdict) * share(1, verdict), 0)
  if (1 - byChance < 1e-9) return { count, same, kappa: null, interval: null }
  const beyondChance = (agreed: number) => Math.max(-1, (agreed - byChance) / (1 - byChance))
  const { low, high } = wilsonInterval(same * count, count)
  return { count, same, kappa: beyondChance(same), interval: { low: beyondChance(low), high: beyondChance(high) } }
}
