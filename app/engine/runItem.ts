import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { ItemError } from '../../shared/run.ts'
import type { Scope } from '../core/expression.ts'
import type { Plan, PlannedModelStage, PlannedStage } from '../core/plan.ts'
import type { StageOutcome } from './modelStage.ts'

/** How one stage ended for one item. */
export type StageEnd =
  | { readonly kind: 'succeeded'; readonly output: Json }
  /** `when` said no, every input was skipped, or another stage had failed the item. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** `output`: what `onError` puts in its place. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly output: Json }
  | { readonly kind: 'suspended' }

export type ItemEnd =
  | {
      readonly kind: 'done'
      readonly status: 'succeeded' | 'skipped'
      readonly stages: readonly StageEnd[]
      readonly output: Json
    }
  | { readonly kind: 'failed'; readonly stages: readonly StageEnd[]; readonly error: ItemError }
  /** The run is pausing: the item waits again. */
  | { readonly kind: 'suspended'; readonly stages: readonly StageEnd[] }

export interface StageCalls {
  /** Runs a model stage; stage kinds that only compute are run here. */
  model(stage: PlannedModelStage, scope: Scope): Promise<StageOutcome>
  /** A stage has ended (not called for suspended ones). */
  ended(stage: PlannedStage, end: StageEnd): void
}

/**
 * Runs one item through the plan, each stage as soon as what it waits for is there. A stage that fails the item keeps
 * stages from starting; those in flight are awaited, for they are paid.
 */
export async function runItem(plan: Plan, scope: Scope, calls: StageCalls): Promise<ItemEnd> {
  const outputs: { [name: string]: Json } = { ...scope }
  const ends: Promise<StageEnd>[] = []
  let failed: PlannedStage | null = null

  const run = async (stage: PlannedStage): Promise<StageEnd> => {
    const before =
      stage.dependsOn.length === 0
        ? []
        : await Promise.all(stage.dependsOn.map((column) => ends[column] as Promise<StageEnd>))
    const end = await decide(stage, before)
    if (end.kind === 'suspended') return end
    if (end.kind === 'failed' && stage.onError === 'fail') failed ??= stage
    outputs[stage.id] = end.kind === 'skipped' ? null : end.output
    calls.ended(stage, end)
    return end
  }

  const decide = async (stage: PlannedStage, before: readonly StageEnd[]): Promise<StageEnd> => {
    if (before.some((end) => end.kind === 'suspended')) return { kind: 'suspended' }
    if (failed !== null) return { kind: 'skipped', reason: `Stage ${failed.id} failed.` }
    if (stage.when !== null) {
      const condition = await stage.when.evaluate(outputs)
      if (!condition.ok) return failedEnd(stage, condition.failure)
      if (condition.value === false) return { kind: 'skipped', reason: 'Its condition (`when`) is not met.' }
    } else if (
      before.length > 0 &&
      before.every((end) => end.kind === 'skipped' || (end.kind === 'failed' && end.output === null))
    ) {
      return { kind: 'skipped', reason: 'All that it builds on was skipped.' }
    }
    const outcome = await runStage(stage, outputs, calls)
    return outcome.kind === 'failed' ? failedEnd(stage, outcome.failure) : outcome
  }

  for (const stage of plan.stages) ends.push(run(stage))
  const stages = ends.length === 1 && ends[0] !== undefined ? [await ends[0]] : await Promise.all(ends)

  if (stages.some((end) => end.kind === 'suspended')) return { kind: 'suspended', stages }
  const failure = stages.findIndex((end, column) => end.kind === 'failed' && plan.stages[column]?.onError === 'fail')
  const end = stages[failure]
  if (end?.kind === 'failed')
    return { kind: 'failed', stages, error: errorOf(plan.stages[failure]?.id ?? null, end.failure) }
  const output = await plan.output.evaluate(outputs)
  if (!output.ok) return { kind: 'failed', stages, error: errorOf(null, output.failure) }
  const status = stages.every((stageEnd) => stageEnd.kind === 'skipped') ? 'skipped' : 'succeeded'
  return { kind: 'done', status, stages, output: output.value }
}

async function runStage(stage: PlannedStage, scope: Scope, calls: StageCalls): Promise<StageOutcome> {
  if (stage.kind === 'model') return calls.model(stage, scope)
  const evaluated = await stage.value.evaluate(scope)
  return evaluated.ok ? { kind: 'succeeded', output: evaluated.value } : { kind: 'failed', failure: evaluated.failure }
}

/** An item that failed before its stages could run: the first ones stand for it, so that the grid shows where. */
export function unrunItem(plan: Plan, failure: Failure): ItemEnd {
  const stages = plan.stages.map((stage): StageEnd => {
    if (stage.dependsOn.length === 0) return { kind: 'failed', failure, output: null }
    return { kind: 'skipped', reason: 'The item failed before its first stage.' }
  })
  return { kind: 'failed', stages, error: errorOf(null, failure) }
}

function failedEnd(stage: PlannedStage, failure: Failure): StageEnd {
  return { kind: 'failed', failure, output: typeof stage.onError === 'object' ? (stage.onError.value as Json) : null }
}

function errorOf(stage: string | null, failure: Failure): ItemError {
  return { stage, kind: failure.kind, message: failure.message }
}
