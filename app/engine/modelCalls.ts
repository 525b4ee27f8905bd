import type { PauseReason, RunStage } from '../../shared/run.ts'
import type { Plan, PlannedModelStage } from '../core/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Models } from '../ports/models.ts'
import type { Budget } from './budget.ts'
import type { Limiters } from './limiter.ts'
import type { ModelCalls } from './modelStage.ts'
import type { RunSwitch } from './runSwitch.ts'

interface Parts {
  readonly models: Models
  readonly limiters: Limiters
  readonly clock: Clock
  readonly budget: Budget
  readonly stops: RunSwitch
  /** A test of one item fails where a batch would pause. */
  readonly canPause: boolean
  pause(reason: PauseReason): void
}

/** What each model stage of a run calls, by stage id. The tiers were looked up when the run was prepared. */
export function modelCalls(plan: Plan, parts: Parts): ReadonlyMap<RunStage['id'], ModelCalls> {
  const { models, limiters, clock, budget, stops, canPause, pause } = parts
  const backends = new Map<string, { hasAnswered: boolean }>()
  const callsOf = (stage: PlannedModelStage): ModelCalls => {
    const lookup = models.tier(stage.tier)
    if (!lookup.ok) throw new Error(lookup.message)
    const { model } = lookup
    const backend = backends.get(model.limiterName) ?? { hasAnswered: false }
    backends.set(model.limiterName, backend)
    const limiter = limiters.get(model.limiterName, model)
    return { model, limiter, budget, clock, suspend: stops.suspend, abort: stops.abort, pause, canPause, backend }
  }
  const stages = plan.stages.filter((stage) => stage.kind === 'model')
  return new Map(stages.map((stage) => [stage.id, callsOf(stage)]))
}
