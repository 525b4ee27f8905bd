import { stopsRun } from '../core/nextAttempt.ts'
import type { AttemptRecord, ItemRecord, RunHistory } from '../ports/runStore.ts'
import type { Ledger } from './ledger.ts'

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

/** Takes finished items over into the ledger. */
export function restorePast({ finished, begun }: RunHistory, ledger: Ledger): Past {
  const counts = { succeeded: 0, failed: 0, skipped: 0 }
  let done = new Uint8Array(1024)
  let length = 0
  for (const { index, status, cells } of finished) {
    if (index >= done.length) {
      const grown = new Uint8Array(Math.max(index + 1, done.length * 2))
      grown.set(done)
      done = grown
    }
    done[index] = 1
    length = index + 1
    counts[status]++
    ledger.restore(index, status, cells)
  }
  const firstOpen = done.subarray(0, length).indexOf(0)
  return {
    isDone: (index) => done[index] === 1,
    firstOpen: firstOpen < 0 ? length : firstOpen,
    counts,
    attempts: (index) => (begun.get(index) ?? []).map(markUndecided),
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
