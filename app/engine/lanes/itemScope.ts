import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedLane } from '../../core/plan.ts'

/** What expressions may ask of the run around an item. */
export interface ScopeOfRun {
  readonly params: { readonly [name: string]: Json }
  readonly run: string
  readonly startedAt: number
  /** Items of the source; null: not known. */
  readonly total: number | null
}

export interface ScopedItem {
  readonly index: number
  readonly source: string | null
  /** The item, or the group as its gather gives it. */
  readonly value: Json
  /** The output of the item before. */
  readonly previous: Json
}

/** The names that the stages of a lane see, but for each other. */
export function itemScope(
  { begins }: PlannedLane,
  { index, source, value, previous }: ScopedItem,
  { params, run, startedAt, total }: ScopeOfRun,
): Scope {
  const around = { params, run: { id: run, index, total, startedAt, source, previous } }
  if (begins === null) return { item: value, ...around }
  const { items = [], ...group } = isJsonObject(value) ? value : {}
  return { items, group, [begins.id]: value, ...around }
}
