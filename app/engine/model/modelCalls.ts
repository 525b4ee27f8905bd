import type { PauseReason } from '../../../shared/run.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { Models } from '../../ports/models.ts'
import type { PackRoom } from '../pack/packRoom.ts'
import type { RunSwitch } from '../run/runSwitch.ts'
import type { Budget } from './budget.ts'
import type { Limiters } from './limiter.ts'
import type { Memory } from './memory.ts'
import type { CallTarget, ModelCalls } from './modelCell.ts'

interface Parts {
  readonly models: Models
  readonly limiters: Limiters
  readonly clock: Clock
  readonly budget: Budget
  readonly memory: Memory
  readonly takesFromOthers: boolean
  readonly stops: RunSwitch
  readonly room: PackRoom
  readonly images: ImageFiles
  /** Of the source, from the workspace's root or absolute; null: it is no folder. */
  readonly sourceFolder: string | null
  /** A test of one item fails where a batch would pause. */
  readonly canPause: boolean
  mayCall(): Promise<boolean>
  pause(reason: PauseReason): void
}

/** What each model stage of a run calls. The tiers were looked up when the run was prepared. */
export function modelCalls(
  stages: readonly PlannedModelStage[],
  parts: Parts,
): ReadonlyMap<PlannedModelStage, ModelCalls> {
  const { models, limiters, clock, budget, memory, takesFromOthers, stops, room, images, sourceFolder, canPause } =
    parts
  const backends = new Map<string, { hasAnswered: boolean }>()
  const targetOf = (tier: string, named: string | null): CallTarget => {
    const lookup = models.tier(tier, named ?? undefined)
    if (!lookup.ok) throw new Error(lookup.message)
    const { model } = lookup
    const backend = backends.get(model.limiterName) ?? { hasAnswered: false }
    backends.set(model.limiterName, backend)
    return { tier, model, limiter: limiters.get(model.limiterName, model), backend }
  }
  const callsOf = (stage: PlannedModelStage): ModelCalls => ({
    own: targetOf(stage.tier, stage.model),
    escalation: stage.escalate === null ? null : targetOf(stage.escalate, null),
    budget,
    memory,
    takesFromOthers,
    clock,
    images,
    sourceFolder,
    room,
    suspend: stops.suspend,
    abort: stops.abort,
    mayCall: parts.mayCall,
    pause: parts.pause,
    canPause,
  })
  return new Map(stages.map((stage) => [stage, callsOf(stage)]))
}
