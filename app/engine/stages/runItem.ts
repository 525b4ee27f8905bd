import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { ItemError } from '../../../shared/run.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedStage, StageList } from '../../core/plan.ts'
import { runChainStage } from './chainStage.ts'
import { runChunkStage } from './chunkStage.ts'
import type { ItemEnd, ListEnd, StageEnd } from './itemEnd.ts'
import { runMapStage } from './mapStage.ts'
import type { InnerOutcome, StageCalls } from './stageCalls.ts'

export type { ItemEnd, StageEnd } from './itemEnd.ts'
export type { StageCalls } from './stageCalls.ts'

/**
 * Runs one item through a list of stages, each stage as soon as what it waits for is there. A stage that fails the item
 * keeps stages from starting; those in flight are awaited, for they are paid.
 */
export async function runItem(list: StageList, scope: Scope, calls: StageCalls): Promise<ItemEnd> {
  const end = await runList(list, { ...scope }, { calls, prefix: '', halted: () => null })
  if (end.kind !== 'failed') return end
  return { kind: 'failed', stages: end.stages, error: errorOf(end.stage, end.failure) }
}

interface Place {
  readonly calls: StageCalls
  /** What stands before the ids of its stages in the paths of their cells. */
  readonly prefix: string
  halted(): string | null
}

/** `outputs` is the list's own, and gets the outputs of its stages. */
async function runList(list: StageList, outputs: { [name: string]: Json }, place: Place): Promise<ListEnd> {
  const { calls, prefix } = place
  const ends: Promise<StageEnd>[] = []
  let failed: PlannedStage | null = null
  const halted = (): string | null => (failed === null ? place.halted() : `Stage ${failed.id} failed.`)

  const run = async (stage: PlannedStage): Promise<StageEnd> => {
    const before =
      stage.dependsOn.length === 0
        ? []
        : await Promise.all(stage.dependsOn.map((column) => ends[column] as Promise<StageEnd>))
    const path = prefix + stage.id
    const end = await decide(stage, before, path)
    if (end.kind === 'suspended') return end
    if (end.kind === 'failed' && stage.onError === 'fail') failed ??= stage
    outputs[stage.id] = end.kind === 'skipped' ? null : end.output
    calls.ended(stage, path, end)
    return end
  }

  const decide = async (stage: PlannedStage, before: readonly StageEnd[], path: string): Promise<StageEnd> => {
    if (before.some((end) => end.kind === 'suspended')) return { kind: 'suspended' }
    const reason = halted()
    if (reason !== null) return { kind: 'skipped', reason }
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
    const outcome = await runStage(stage, outputs, { ...place, halted, path })
    return outcome.kind === 'failed' ? failedEnd(stage, outcome.failure) : outcome
  }

  for (const stage of list.stages) ends.push(run(stage))
  const stages = ends.length === 1 && ends[0] !== undefined ? [await ends[0]] : await Promise.all(ends)

  if (stages.some((end) => end.kind === 'suspended')) return { kind: 'suspended', stages }
  const column = stages.findIndex((end, at) => end.kind === 'failed' && list.stages[at]?.onError === 'fail')
  const end = stages[column]
  if (end?.kind === 'failed')
    return { kind: 'failed', stages, stage: list.stages[column]?.id ?? null, failure: end.failure }
  const output = await list.output.evaluate(outputs)
  if (!output.ok) return { kind: 'failed', stages, stage: null, failure: output.failure }
  const status = stages.length > 0 && stages.every(({ kind }) => kind === 'skipped') ? 'skipped' : 'succeeded'
  return { kind: 'done', status, stages, output: output.value }
}

async function runStage(
  stage: PlannedStage,
  scope: Scope,
  { calls, halted, path }: Place & { path: string },
): Promise<InnerOutcome> {
  const run = (list: StageList, inner: { [name: string]: Json }, at: string) =>
    runList(list, inner, { calls, halted, prefix: `${at}/` })
  switch (stage.kind) {
    case 'model':
      return calls.model(stage, scope, path)
    case 'fetch':
      return calls.fetch(stage, scope, path)
    case 'transform': {
      const value = await stage.value.evaluate(scope)
      return value.ok ? { kind: 'succeeded', output: value.value } : { kind: 'failed', failure: value.failure }
    }
    case 'chunk':
      return runChunkStage(stage, scope)
    case 'map':
      return runMapStage(stage, scope, { path, calls, halted, run })
    case 'chain':
      return runChainStage(stage, scope, { path, calls, halted, run })
  }
}

/** An item that failed before its stages could run: the first ones stand for it, so that the grid shows where. */
export function unrunItem(list: StageList, failure: Failure): ItemEnd {
  const stages = list.stages.map((stage): StageEnd => {
    if (stage.dependsOn.length === 0) return { kind: 'failed', failure, output: null }
    return { kind: 'skipped', reason: 'The item failed before its first stage.' }
  })
  return { kind: 'failed', stages, error: errorOf(null, failure) }
}

function failedEnd(stage: PlannedStage, failure: Failure): StageEnd {
  return { kind: 'failed', failure, output: typeof stage.onError === 'object' ? stage.onError.value : null }
}

function errorOf(stage: string | null, failure: Failure): ItemError {
  return { stage, kind: failure.kind, message: failure.message }
}
