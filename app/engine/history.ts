import { stopsRun } from '../core/nextAttempt.ts'
import type { AttemptRecord, ItemRecord, RunStore } from '../ports/runStore.ts'
import type { Ledger } from './ledger.ts'
import { nextTurn } from './nextTurn.ts'

/** What a run did before it was paused or killed. */
export interface Past {
  isDone(index: number): boolean
  /** First item that is not done. */
  readonly firstOpen: number
  readonly counts: { readonly [status in ItemRecord['status']]: number }
  /** Attempts of items that were begun and not finished. */
  attempts(index: number): readonly AttemptRecord[]
}

export const NO_PAST: Past = {
  isDone: () => false,
  firstOpen: 0,
  counts: { succeeded: 0, failed: 0, skipped: 0 },
  attempts: () => [],
}

/** Items read at once: some milliseconds' work. */
const PAGE = 5000

/** Takes finished items over into the ledger. Leaves the event loop room for other work: there may be a million. */
export async function restorePast(store: RunStore, run: string, ledger: Ledger): Promise<Past> {
  const counts = { succeeded: 0, failed: 0, skipped: 0 }
  const reached = store.reached(run)
  const done = new Uint8Array(reached)
  const open = new Map<number, readonly AttemptRecord[]>()
  for (let from = 0; from < reached; from += PAGE) {
    const { finished, begun } = store.history(run, from, from + PAGE)
    for (const { index, status, cells } of finished) {
      done[index] = 1
      counts[status]++
      ledger.restore(index, status, cells)
    }
    for (const [index, attempts] of begun) open.set(index, attempts.map(markUndecided))
    await nextTurn()
  }
  const firstOpen = done.indexOf(0)
  return {
    isDone: (index) => done[index] === 1,
    firstOpen: firstOpen < 0 ? reached : firstOpen,
    counts,
    attempts: (index) => open.get(index) ?? [],
  }
}

/** Attempts that decided nothing (lost in a crash, given up, refused for want of a key) do not count when it goes on. */
function markUndecided(attempt: AttemptRecord): AttemptRecord {
  const { outcome } = attempt
  if (outcome.status === 'succeeded') return attempt
  const isDecided =
    outcome.status === 'failed' && outcome.failure.kind !== 'cancelled' && !stopsRun(outcome.failure, false)
  return isDecided ? attempt : { ...attempt, forgotten: true }
}
