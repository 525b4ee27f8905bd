import type { RunStage } from '../../../../shared/run.ts'
import type { Tier } from '../../../../shared/tier.ts'

/** Tokens that are read for one that is written, about: what tells a cheaper tier by one number. */
const READ_FOR_ONE = 4

export interface CheaperTier {
  readonly tier: Tier
  /** The stages that would be asked of it: those of dearer tiers. */
  readonly tiers: Readonly<Record<string, string>>
}

/** Tiers that are ready and cost less than what the run's stages call now, the cheapest first. */
export function cheaperTiers(stages: readonly RunStage[], all: readonly Tier[]): readonly CheaperTier[] {
  const ready = all.filter(({ notReady }) => notReady === null)
  return ready
    .flatMap((tier): CheaperTier[] => {
      const price = priceOf(tier)
      if (price === null) return []
      const dearer = stages.filter((stage) => {
        const now = all.find(({ name }) => name === stage.tier)
        const nowPrice = now === undefined ? null : priceOf(now)
        return stage.tier !== null && stage.tier !== tier.name && nowPrice !== null && nowPrice > price
      })
      return dearer.length === 0 ? [] : [{ tier, tiers: Object.fromEntries(dearer.map(({ id }) => [id, tier.name])) }]
    })
    .sort((a, b) => (priceOf(a.tier) ?? 0) - (priceOf(b.tier) ?? 0))
}

/** null: not known, which is not cheap. A model on the person's own machine costs nothing. */
function priceOf({ backend, knownPrice }: Tier): number | null {
  if (knownPrice !== null) return knownPrice.input * READ_FOR_ONE + knownPrice.output
  return backend === 'ollama' || backend === 'lm-studio' ? 0 : null
}
