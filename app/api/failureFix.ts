import type { FailureKind } from '../../shared/failure.ts'
import type { FailureFix } from '../../shared/runChange.ts'
import type { Tier } from '../../shared/tier.ts'
import type { Plan } from '../core/plan.ts'
import type { AttemptRecord } from '../ports/runStore.ts'

export function failureFix(_: {
  kind: FailureKind
  stage: string | null
  plan: Plan | null
  attempts: readonly AttemptRecord[]
  tiers: readonly Tier[]
}): FailureFix {
  return { kind: 'retry', label: 'Ask again', why: '', stages: {}, place: null }
}
