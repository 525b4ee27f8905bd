import type { FailureKind } from '../../shared/failure.ts'
import type { FailureFix } from '../../shared/runChange.ts'
import type { Tier } from '../../shared/tier.ts'
import { proposeFix } from '../core/failureFix.ts'
import { modelStages, type Plan } from '../core/plan.ts'
import type { AttemptRecord } from '../ports/runStore.ts'

interface Cause {
  readonly kind: FailureKind
  readonly stage: string | null
  /** null: the chain cannot be read any more. */
  readonly plan: Plan | null
  /** Of one of its items. */
  readonly attempts: readonly AttemptRecord[]
  readonly tiers: readonly Tier[]
}

/** What could be done about a cause, from what is stored of one of its items. */
export function failureFix({ kind, stage, plan, attempts, tiers }: Cause): FailureFix {
  const last = attempts.findLast(({ outcome }) => outcome.status === 'failed' && outcome.failure.kind === kind)
  // Inside a map the stage that failed is the map; the model stage is named by the attempt.
  const asked = last?.stage.split('/').findLast((part) => !/^\d+$|^part-|^combine/.test(part)) ?? stage
  const planned = plan === null ? null : (modelStages(plan).find(({ id }) => id === asked) ?? null)
  return proposeFix({
    kind,
    stage: planned?.id ?? stage,
    failure: last?.outcome.status === 'failed' ? last.outcome.failure : null,
    planned,
    outputTokens: last?.usage?.outputTokens ?? null,
    tiers: cheapestFirst(tiers),
  })
}

/** Ready ones; those whose price is not known stand behind all others, in their own order. */
function cheapestFirst(tiers: readonly Tier[]): readonly string[] {
  const price = ({ knownPrice }: Tier) => (knownPrice === null ? Number.POSITIVE_INFINITY : knownPrice.output)
  return tiers
    .filter(({ notReady }) => notReady === null)
    .toSorted((a, b) => (price(a) === price(b) ? 0 : price(a) - price(b)))
    .map(({ name }) => name)
}
