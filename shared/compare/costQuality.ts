import type { Share } from './share.ts'
import type { VariantSummary } from './summarizeVariant.ts'

/** A variant in the picture of what quality costs. */
export interface CostQualityPoint {
  readonly variant: string
  /** Millionths of a dollar for 1,000 items. */
  readonly costMicrosPer1000: number
  readonly quality: Share
  /** It is what the others are held against: 100 % by definition, and no measurement. */
  readonly isReference: boolean
}

/** What quality is measured by: answers that are the expected ones, or those that are the base's. */
export type QualityMeasure = 'expected' | 'agreement'

/** The first where at least half of the items have one. */
export function qualityMeasure(summaries: readonly VariantSummary[]): QualityMeasure {
  const isTelling = summaries.some(({ expected, items }) => expected !== null && expected.of * 2 >= items)
  return isTelling ? 'expected' : 'agreement'
}

/** Those whose cost and quality are known. */
export function costQualityPoints(summaries: readonly VariantSummary[], base: string): readonly CostQualityPoint[] {
  const measure = qualityMeasure(summaries)
  return summaries.flatMap((summary) => {
    const { variant, costMicrosPer1000 } = summary
    const isReference = measure === 'agreement' && variant === base
    const quality = isReference ? wholeOf(summary) : summary[measure]
    return costMicrosPer1000 === null || quality === null ? [] : [{ variant, costMicrosPer1000, quality, isReference }]
  })
}

function wholeOf({ tries }: VariantSummary): Share | null {
  return tries === 0 ? null : { count: tries, of: tries, share: 1, low: 1, high: 1 }
}
