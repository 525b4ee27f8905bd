import type { RunCounts, RunSummary } from '../../../shared/run.ts'
import type { RunProgressRecord, RunRecord, RunTotals, StoredRun } from '../../ports/runStore.ts'

/** A run as lists and headers show it. */
export function runSummary(record: RunRecord, now: RunProgressRecord & { readonly counts: RunCounts }): RunSummary {
  const { run, kind, chainFile, chainName, stages, sourceLabel, output, grows, simulated, startedAt } = record
  const { state, items, counts, lanes, packs, concurrency, endedAt, activeMs, budgetMicros, totals } = now
  const { costMicros, unpricedCalls, usage, calls, reused } = totals
  const spent = { costMicros, unpricedCalls, simulated, usage, calls, reused, budgetMicros }
  const more = { savedMicros: 0, reservedMicros: 0, uncertainMicros: 0, remembered: 0, memory: true, revision: 0, canary: null, tripwires: {}, unaccounted: null }
  const told = { run, kind, chainFile, chainName, stages, sourceLabel, output, grows, startedAt }
  return { ...told, ...spent, ...more, state, items, counts, lanes, packs, concurrency, endedAt, activeMs }
}

/** That of a run that does not go on in this process. */
export function storedSummary(stored: StoredRun): RunSummary {
  const { totals, items, state } = stored
  const { counts: first } = stored.lanes[0] ?? { counts: null }
  // Of a source that was not counted the lane knows how many have come.
  const seen = first === null ? 0 : Object.values(first).reduce((sum, count) => sum + count, 0)
  const counts = fateCounts(totals, { running: 0, known: items ?? seen, isCancelled: state.status === 'cancelled' })
  const isGoingOn = state.status === 'running' || state.status === 'pausing'
  return runSummary(stored, {
    ...stored,
    counts,
    state: isGoingOn && !stored.isLive ? { status: 'interrupted' } : state,
  })
}

/** Where the source's items stand: what is neither decided nor running waits. */
export function fateCounts(
  { succeeded, failed, skipped }: Pick<RunTotals, 'succeeded' | 'failed' | 'skipped'>,
  { running, known, isCancelled }: { running: number; known: number; isCancelled: boolean },
): RunCounts {
  const rest = Math.max(0, known - succeeded - failed - skipped - running)
  const [waiting, cancelled] = isCancelled ? [0, rest] : [rest, 0]
  return { succeeded, failed, skipped, running, waiting, cancelled }
}
