import { type QualityMeasure, qualityMeasure } from './costQuality.ts'
import { countOf, DEFAULT_MARGIN, doubtOf, judgeQuality, type QualityMargin } from './quality.ts'
import type { Share } from './share.ts'
import type { VariantSummary } from './summarizeVariant.ts'

/** Which of the variants to take as a whole, and why, in a sentence. */
export interface VariantAdvice {
  readonly variant: string
  readonly why: string
}

/**
 * The cheapest variant that is not worse than the best one by more than the margin. Best is the one with the most expected
 * answers; where nothing is expected, the base. null: nothing has been tried.
 */
export function recommendVariant(
  summaries: readonly VariantSummary[],
  base: string,
  margin: QualityMargin = DEFAULT_MARGIN,
): VariantAdvice | null {
  const measure = qualityMeasure(summaries)
  const best = bestVariant(summaries, base)
  if (best === null || best.tries === 0) return null
  const most = measure === 'expected' ? (best.expected?.share ?? 0) : 1
  const cheaper = summaries.filter((other) => other !== best && isCheaper(other, best)).toSorted(byCost)
  for (const candidate of cheaper) {
    const quality = candidate[measure]
    if (quality !== null && judgeQuality(quality, most, margin) === 'goodEnough')
      return { variant: candidate.variant, why: `${wordsOf(quality, measure, best.variant)}; ${doubtOf(quality)}.` }
  }
  return { variant: best.variant, why: whyBest(best, { cheaper, summaries, measure, margin, most }) }
}

/** The one that the others are measured by: with the most expected answers; where nothing is expected, the base. */
export function bestVariant(summaries: readonly VariantSummary[], base: string): VariantSummary | null {
  const ofBase = summaries.find(({ variant }) => variant === base) ?? null
  if (qualityMeasure(summaries) === 'agreement') return ofBase
  return summaries.reduce<VariantSummary | null>(
    (best, one) => ((one.expected?.share ?? -1) > (best?.expected?.share ?? -1) ? one : best),
    ofBase,
  )
}

function whyBest(
  best: VariantSummary,
  around: {
    readonly cheaper: readonly VariantSummary[]
    readonly summaries: readonly VariantSummary[]
    readonly measure: QualityMeasure
    readonly margin: QualityMargin
    readonly most: number
  },
): string {
  const { cheaper, summaries, measure, margin, most } = around
  const judged = cheaper.flatMap((one) => {
    const quality = one[measure]
    return quality === null ? [] : [{ variant: one.variant, quality }]
  })
  // The one that came nearest says most.
  const [nearest] = judged.toSorted((a, b) => b.quality.share - a.quality.share)
  if (nearest === undefined) {
    const unknown = summaries.filter((one) => one.costMicrosPer1000 === null).map(({ variant }) => variant)
    return unknown.length > 0
      ? `What ${unknown.join(' and ')} would cost is not known, so nothing can be called cheaper.`
      : `Nothing cheaper than ${best.variant} was compared.`
  }
  const { variant, quality } = nearest
  const words = wordsOf(quality, measure, best.variant)
  return judgeQuality(quality, most, margin) === 'tooFew'
    ? `Of ${variant}, ${words}, but so few prove little (${doubtOf(quality)}): compare more items.`
    : `Of ${variant}, only ${words}.`
}

/** `8 of 8 agree with frontier`, `7 of 8 are as expected` */
function wordsOf(quality: Share, measure: QualityMeasure, best: string): string {
  const one = quality.count === 1
  if (measure === 'agreement') return `${countOf(quality)} ${one ? 'agrees' : 'agree'} with ${best}`
  return `${countOf(quality)} ${one ? 'is' : 'are'} as expected`
}

function isCheaper(a: VariantSummary, b: VariantSummary): boolean {
  return a.costMicrosPer1000 !== null && b.costMicrosPer1000 !== null && a.costMicrosPer1000 < b.costMicrosPer1000
}

function byCost(a: VariantSummary, b: VariantSummary): number {
  return (a.costMicrosPer1000 ?? 0) - (b.costMicrosPer1000 ?? 0)
}
