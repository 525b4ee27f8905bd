import type { FailedWith } from '../../shared/failureCause.ts'
import type { FailureFix } from '../../shared/runChange.ts'
import type { Tier } from '../../shared/tier.ts'
import { proposeFix, type ReadyTier } from '../core/failureFix.ts'
import { modelStages, type Plan } from '../core/plan.ts'
import type { AttemptRecord } from '../ports/runStore.ts'

interface Cause {
  readonly error: FailedWith
  /** null: the chain cannot be read any more. */
  readonly plan: Plan | null
  /** Of one of its items. */
  readonly attempts: readonly AttemptRecord[]
  readonly tiers: readonly Tier[]
}

/** What could be done about a cause, from what is stored of one of its items. */
export function failureFix({ error, plan, attempts, tiers }: Cause): FailureFix {
  const last = attempts.findLast(({ outcome }) => outcome.status === 'failed' && outcome.failure.kind === error.kind)
  // Inside a map the error names the map; the model stage is named by the attempt.
  const asked = last?.stage.split('/').findLast((part) => !/^\d+$|^part-|^combine/.test(part)) ?? error.stage
  return proposeFix({
    error,
    failure: last?.outcome.status === 'failed' ? last.outcome.failure : null,
    model: plan === null ? null : (modelStages(plan).find(({ id }) => id === asked) ?? null),
    usage: last?.usage ?? null,
    tiers: cheapestFirst(tiers),
  })
}

/** Those that are ready; where the price is not known they stand behind all others, in their own order. */
function cheapestFirst(tiers: readonly Tier[]): readonly ReadyTier[] {
  const price = ({ knownPrice }: Tier) => (knownPrice === null ? Number.POSITIVE_INFINITY : knownPrice.output)
  return tiers
    .filter(({ notReady }) => notReady === null)
    .toSorted((a, b) => (price(a) === price(b) ? 0 : price(a) - price(b)))
    .map(({ name, knownPrice }) => ({ name, isPriceKnown: knownPrice !== null }))
}
