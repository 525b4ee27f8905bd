import { isJsonObject, type JsonObject } from '../../../shared/json.ts'
import type { ItemRecord } from '../../ports/runStore.ts'
import { readStored } from './storedJson.ts'

/** What a gather says of items that it does not take. */
const OF_GATHERS: ReadonlySet<string> = new Set(['filtered', 'unmatched'])

/**
 * Why an item was skipped. What a gather says of it decides; else the first stage that was skipped, for what comes after
 * was mostly skipped because of it. null: it was not skipped, or nothing says why.
 */
export function skipReason({ status, stagesJson }: Pick<ItemRecord, 'status' | 'stagesJson'>): string | null {
  if (status !== 'skipped') return null
  const stages = Object.values(readStored(stagesJson) as JsonObject)
  const reasons = stages.flatMap((stage) =>
    isJsonObject(stage) && stage.status === 'skipped' && typeof stage.reason === 'string' ? [stage.reason] : [],
  )
  return reasons.find((reason) => OF_GATHERS.has(reason)) ?? reasons[0] ?? null
}
