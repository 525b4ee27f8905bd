import { formatCount } from '../../../shared/format.ts'
import type { PauseReason } from '../../../shared/run.ts'
import type { RunStore } from '../../ports/runStore.ts'
import { nextTurn } from './nextTurn.ts'

/** Items looked at in one turn of the event loop: some milliseconds' work. */
const PAGE = 50_000

/** Items of the source whose fate is on disk, in whatever lane it was decided. */
export async function countFinished(store: RunStore, run: string, lanes: number): Promise<number> {
  let finished = 0
  for (let lane = 0; lane < lanes; lane++) {
    const reached = store.reached(run, lane)
    for (let from = 0; from < reached; from += PAGE) {
      finished += store.countFinished(run, lane, { from, to: from + PAGE })
      await nextTurn()
    }
  }
  return finished
}

export function notAccounted(items: number, all: number): PauseReason {
  const what =
    items > 0
      ? `${formatCount(items)} of ${formatCount(all)} items have no result on disk`
      : `There are ${formatCount(-items)} more results on disk than the ${formatCount(all)} items of the source`
  return { kind: 'ledger', message: `${what}. All that is there is kept; resume has the missing ones run.` }
}
