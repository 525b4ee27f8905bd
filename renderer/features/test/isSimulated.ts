import type { Tier } from '../../../shared/tier.ts'
import type { Attempt } from '../../../shared/trace.ts'

/** Nothing but simulated tiers answered: the cost is play money. */
export function isSimulated(attempts: readonly Attempt[], tiers: readonly Tier[]): boolean {
  const names = new Set(attempts.map((attempt) => attempt.tier))
  const used = tiers.filter((tier) => names.has(tier.name))
  return used.length > 0 && used.every((tier) => tier.backend === 'simulated')
}
