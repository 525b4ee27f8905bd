import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedChainStage } from '../../core/plan.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import type { InnerOutcome, Within } from './stageCalls.ts'

/** Runs another chain on one item of its own: of what is around it its stages see `run` only. */
export async function runChainStage(stage: PlannedChainStage, scope: Scope, within: Within): Promise<InnerOutcome> {
  const item = await itemFor(stage, scope)
  if (item.kind !== 'succeeded') return item
  const given = stage.params === null ? null : await stage.params.evaluate(scope)
  if (given?.ok === false) return { kind: 'failed', failure: given.failure }
  const params = { ...stage.defaults, ...(given !== null && isJsonObject(given.value) ? given.value : {}) }
  const end = await within.run(stage.inner, { item: item.output, params, run: scope.run ?? null }, within.path)
  within.calls.innerEnded?.(within.path, item.output, end)
  if (end.kind === 'suspended') return { kind: 'suspended' }
  const reason = within.halted()
  if (reason !== null) return { kind: 'skipped', reason }
  if (end.kind === 'failed') {
    const place = end.stage === null ? `The output of ${stage.name}` : `Stage ${end.stage}`
    return { kind: 'failed', failure: { ...end.failure, message: `${place}: ${end.failure.message}` } }
  }
  if (end.status === 'skipped') return { kind: 'skipped', reason: `All stages of ${stage.name} were skipped.` }
  return { kind: 'succeeded', output: end.output }
}

async function itemFor(
  stage: PlannedChainStage,
  scope: Scope,
): Promise<Extract<StageOutcome, { kind: 'succeeded' | 'failed' }>> {
  if (stage.item !== null) {
    const item = await stage.item.evaluate(scope)
    return item.ok ? { kind: 'succeeded', output: item.value } : { kind: 'failed', failure: item.failure }
  }
  const item: Json | undefined = scope.item
  if (item !== undefined) return { kind: 'succeeded', output: item }
  const message = `${stage.id} does not say what ${stage.name} is to run on, and behind a gather there is no item. Give it one: \`item: "{{ items }}"\`.`
  return { kind: 'failed', failure: { kind: 'invalid_input', message } }
}
