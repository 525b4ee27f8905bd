import { hasErrors } from '../../../shared/chainDocument.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { type ChainSample, type CompareDraft, useCompareStore } from '../../stores/compareStore.ts'

/** Why nothing can be compared yet; null: it can. */
export function compareBlock(now: {
  readonly draft: CompareDraft
  readonly sample: ChainSample
  readonly isBroken: boolean
}): string | null {
  const { draft, sample, isBroken } = now
  if (isBroken) return 'The chain has errors: set them right in Build first.'
  if (sample.status === 'loading') return 'The sample is being chosen.'
  if (sample.status === 'failed') return sample.error.message
  if (sample.items.length === 0) return 'The source has no items to compare by.'
  return draft.variants.length < 2 ? 'Choose two variants at least.' : null
}

export function useCompareBlock(): string | null {
  const draft = useCompareStore((state) => state.draft)
  const sample = useCompareStore((state) => state.sample)
  const isBroken = useChainStore((state) => hasErrors(state.parsed.problems))
  return compareBlock({ draft, sample, isBroken })
}
