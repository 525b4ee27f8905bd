import type { Json } from '../../../shared/json.ts'
import type { Plan } from '../../core/plan.ts'
import type { RunStore, StoredRun } from '../../ports/runStore.ts'
import { type ItemSource, SourceBroken } from '../../ports/source.ts'
import { groupItem } from '../lanes/groupItem.ts'

/** An item as its stages saw it. `source`: which of several named sources it came from. */
export type ReadItem =
  | { readonly ok: true; readonly value: Json; readonly source: string | null }
  | { readonly ok: false; readonly message: string }

/** A group, from what its members left in the store. */
export function readGroup(
  store: RunStore,
  plan: Plan | null,
  { stored, lane, index }: { stored: StoredRun; lane: number; index: number },
): ReadItem {
  const gather = plan?.lanes[lane]?.begins ?? null
  const [group] = store.groups(stored.run, lane, { from: index, to: index + 1 })
  if (gather === null || group === undefined) return { ok: false, message: 'There is no such group in this run.' }
  return { ok: true, value: groupItem(store, group, gather), source: null }
}

/** Reads one item of a source and closes it. */
export async function readOne(source: ItemSource, index: number): Promise<ReadItem> {
  const stop = new AbortController()
  // One that grows is not waited for.
  source.finish()
  try {
    for await (const entries of source.entries(index, stop.signal)) {
      const [entry] = entries
      if (entry === undefined) continue
      const read = await entry.load()
      return read.ok
        ? { ok: true, value: read.value, source: entry.source }
        : { ok: false, message: read.failure.message }
    }
    return { ok: false, message: 'The source has no such item any more.' }
  } catch (error) {
    if (!(error instanceof SourceBroken)) throw error
    return { ok: false, message: error.message }
  } finally {
    stop.abort()
    await source.close()
  }
}
