import type { Redo, RunStore, StoredRun } from '../../ports/runStore.ts'
import { nextTurn } from './nextTurn.ts'

const PAGE = 50_000

/** Which items of the source would still be done after these are asked for again. */
export async function isDoneAfter(
  store: RunStore,
  { run }: StoredRun,
  redo: Redo,
): Promise<(index: number) => boolean> {
  if (redo.kind === 'all') return () => false
  const reached = store.reached(run, 0)
  const done = new Uint8Array(reached)
  for (let from = 0; from < reached; from += PAGE) {
    for (const { index, status } of store.history(run, 0, { from, to: from + PAGE }).finished)
      if (redo.kind !== 'failed' || status !== 'failed') done[index] = 1
    await nextTurn()
  }
  if (redo.kind === 'items' && redo.lane === 0) for (const index of redo.indexes) done[index] = 0
  // Other items are not meant where some are named.
  if (redo.kind === 'items') {
    const meant = new Set(redo.lane === 0 ? redo.indexes : [])
    return (index) => !meant.has(index)
  }
  return (index) => index < reached && done[index] === 1
}

/** Of each lane behind a gather: how many groups that are there would be run after these are asked for again. */
export async function groupsAfter(store: RunStore, { run, lanes }: StoredRun, redo: Redo): Promise<readonly number[]> {
  const counts: number[] = []
  for (let lane = 1; lane < lanes.length; lane++) {
    if (redo.kind === 'items') {
      counts.push(redo.lane === lane ? redo.indexes.length : 0)
      continue
    }
    let waiting = 0
    for (let from = 0; ; from += PAGE) {
      const groups = store.groups(run, lane, { from, to: from + PAGE })
      const { finished } = store.history(run, lane, { from, to: from + PAGE })
      waiting += groups.length - finished.filter(({ status }) => redo.kind !== 'failed' || status !== 'failed').length
      if (groups.length < PAGE) break
      await nextTurn()
    }
    counts.push(waiting)
  }
  return counts
}
