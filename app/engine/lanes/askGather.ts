import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedGather } from '../../core/plan.ts'
import type { Gathered } from './gatheredValue.ts'

/** What a gather makes of an item that is done with its lane. */
export type GatherEnd =
  | { readonly kind: 'gathered'; readonly gathered: Gathered }
  /** `where` is not true of it. */
  | { readonly kind: 'filtered' }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** `outputs`: of the stages of its lane, by id. */
export async function askGather(
  gather: PlannedGather,
  scope: Scope,
  { source, outputs }: { source: string | null; outputs: { readonly [stage: string]: Json } },
): Promise<GatherEnd> {
  const { where, correlate } = gather
  const seen = { ...scope, ...outputs }
  const condition = await where?.evaluate(seen)
  if (condition?.ok === false) return { kind: 'failed', failure: condition.failure }
  if (condition?.value === false) return { kind: 'filtered' }
  const key = await gather.key?.evaluate(seen)
  if (key?.ok === false) return { kind: 'failed', failure: key.failure }
  const value = await gather.value?.evaluate(seen)
  if (value?.ok === false) return { kind: 'failed', failure: value.failure }
  const by = await correlate?.by.get(source ?? '')?.evaluate(seen)
  if (by?.ok === false) return { kind: 'failed', failure: by.failure }
  const part = correlate === null ? null : { source, by: by?.value ?? null }
  const gathered = { key: key?.value ?? null, value: value?.value ?? wholeValue(scope, outputs), part }
  return { kind: 'gathered', gathered }
}

/** What a member brings along where the chain does not say: the item, or the group, and what its stages gave. */
function wholeValue(scope: Scope, outputs: { readonly [stage: string]: Json }): Json {
  const { item, items, group } = scope
  const subject = item === undefined ? { items: items ?? [], group: group ?? null } : { item }
  return { ...subject, ...outputs }
}
