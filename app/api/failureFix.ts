import type { FailedWith } from '../../shared/failureCause.ts'
import type { FailureFix } from '../../shared/runChange.ts'
import type { Tier } from '../../shared/tier.ts'
import { proposeFix, type ReadyTier } from '../core/failureFix.ts'
import type { Plan, PlannedModelStage, PlannedStage } from '../core/plan.ts'
import type { AttemptRecord } from '../ports/runStore.ts'

interface Cause {
  /** Of one of its items. */
  readonly error: FailedWith
  /** null: the chain cannot be read any more. */
  readonly plan: Plan | null
  /** Of the same item. */
  readonly attempts: readonly AttemptRecord[]
  readonly tiers: readonly Tier[]
}

/** What could be done about a cause, from what is stored of one of its items. */
export function failureFix({ error, plan, attempts, tiers }: Cause): FailureFix {
  const last = attempts.findLast(({ outcome }) => outcome.status === 'failed' && outcome.failure.kind === error.kind)
  // Inside a map the stage that failed is the map; the model stage is named by the attempt.
  const asked = last?.stage.split('/').findLast((part) => !/^\d+$|^part-|^combine/.test(part)) ?? error.stage
  return proposeFix({
    error,
    failure: last?.outcome.status === 'failed' ? last.outcome.failure : null,
    model: plan?.lanes.flatMap(({ stages }) => ownModels(stages)).find(({ id }) => id === asked) ?? null,
    usage: last?.usage ?? null,
    tiers: cheapestFirst(tiers),
  })
}

/** Those that a launch may change: a used chain's are not among them. */
function ownModels(stages: readonly PlannedStage[]): readonly PlannedModelStage[] {
  return stages.flatMap((stage) => {
    if (stage.kind === 'model') return [stage]
    return stage.kind === 'map' ? ownModels(stage.inner.stages) : []
  })
}

/** Ready ones; those whose price is not known stand behind all others, in their own order. */
function cheapestFirst(tiers: readonly Tier[]): readonly ReadyTier[] {
  return tiers
    .filter(({ notReady }) => notReady === null)
    .map((tier) => ({ name: tier.name, price: priceOf(tier) }))
    .toSorted((a, b) => (a.price === b.price ? 0 : (a.price ?? Infinity) - (b.price ?? Infinity)))
    .map(({ name, price }) => ({ name, isPriceKnown: price !== null }))
}

/** A model on this machine costs nothing. null: not known. */
function priceOf({ backend, knownPrice }: Tier): number | null {
  return knownPrice?.output ?? (backend === 'ollama' || backend === 'lm-studio' ? 0 : null)
}
