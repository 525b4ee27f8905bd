import type { Json } from '../../../shared/json.ts'
import { valueAsText } from '../../core/expression.ts'
import { isEachWholeAGroup } from '../../core/gatherer.ts'
import type { PlannedGather } from '../../core/plan.ts'
import type { GroupRecord, RunStore } from '../../ports/runStore.ts'
import { readGathered } from './gatheredValue.ts'

/** What a gather gives for one group: `{items, key, index, reason, size, parts}`. Read from what its members left. */
export function groupItem(store: RunStore, group: GroupRecord, gather: PlannedGather): Json {
  const { run, lane, key, index, reason, partsPerEntry } = group
  const members = store.itemsAt(run, lane - 1, [...group.members]).map(readGathered)
  const { correlate } = gather
  if (correlate === null) {
    const items = members.map(({ value }) => value)
    return { items, key, index, reason, size: items.length, parts: null }
  }
  const wholes = Array.from({ length: members.length / partsPerEntry }, (_, at) => {
    const parts = members.slice(at * partsPerEntry, (at + 1) * partsPerEntry)
    return {
      key: parts[0]?.part?.by ?? null,
      parts: Object.fromEntries(parts.map(({ part, value }) => [part?.source ?? '', value])),
    }
  })
  const [only] = wholes
  const parts = only !== undefined && isEachWholeAGroup(gather) ? only.parts : null
  return { items: wholes, key, index, reason, size: wholes.length, parts }
}

/** By which lists and lines name a group. */
export function groupName({ key, index }: Pick<GroupRecord, 'key' | 'index'>): string {
  return key === null ? `group ${index + 1}` : valueAsText(key)
}
