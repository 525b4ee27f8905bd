import { AS_DRAWN, type Variant, variantOfTier } from '../variant.ts'

/**
 * A tier as a variant. Of one stage only that stage runs on it, so that what the stage builds on is the same in all variants.
 */
export function tierVariant(tier: string, stage: string | null): Variant {
  if (stage === null || tier === AS_DRAWN) return variantOfTier(tier)
  return { name: tier, tiers: { [stage]: tier }, stages: { [stage]: { escalate: null } } }
}

/** It differs from others in its tiers only: what it shows, it shows of them. */
export function isOfTiers({ text, stages = {} }: Variant): boolean {
  return (
    text === undefined &&
    Object.values(stages).every(({ escalate: _, tier: __, ...more }) => Object.keys(more).length === 0)
  )
}
