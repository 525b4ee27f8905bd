import { percent, type Share } from './share.ts'

/** How much worse than the best a cheaper one may be and still be recommended, as shares from 0 to 1. */
export interface QualityMargin {
  /** In what was seen. */
  readonly seen: number
  /** At the lower end of what may be true. */
  readonly atWorst: number
}

/** With ten points and fifty, four answers of four are enough, and seven of eight are not. */
export const DEFAULT_MARGIN: QualityMargin = { seen: 0.1, atWorst: 0.5 }

/** `tooFew`: what was seen is good enough, but of too few items to rely on. */
export type QualityVerdict = 'goodEnough' | 'tooFew' | 'worse'

/** `best`: the share that the best one reaches. */
export function judgeQuality(quality: Share, best: number, margin: QualityMargin): QualityVerdict {
  if (quality.share < best - margin.seen) return 'worse'
  return quality.low < best - margin.atWorst ? 'tooFew' : 'goodEnough'
}

/** `8 of 8`, `1 of 1` */
export function countOf({ count, of }: Share): string {
  return `${count} of ${of}`
}

/** `could be as low as 68 %` */
export function doubtOf({ low }: Share): string {
  return `could be as low as ${percent(low)} %`
}
