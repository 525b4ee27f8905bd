import type { RunCounts, RunSummary } from '../../shared/run.ts'
import type { RunProgressRecord, RunRecord, StoredRun } from '../ports/runStore.ts'

/** A run as lists and headers show it. */
export function runSummary(record: RunRecord, now: RunProgressRecord & { readonly counts: RunCounts }): RunSummary {
  const { run, kind, chainFile, chainName, stages, sourceLabel, output, simulated, startedAt } = record
  const { state, items, counts, concurrency, endedAt, activeMs, budgetMicros, totals } = now
  const { costMicros, unpricedCalls, usage, calls, reused } = totals
  const spent = { costMicros, unpricedCalls, simulated, usage, calls, reused, budgetMicros }
  const told = { run, kind, chainFile, chainName, stages, sourceLabel, output, startedAt }
  return { ...told, ...spent, state, items, counts, concurrency, endedAt, activeMs }
}

/** That of a run that does not go on in this process. */
export function storedSummary(stored: StoredRun): RunSummary {
  const { totals, items, state } = stored
  const { succeeded, failed, skipped } = totals
  const rest = Math.max(0, (items ?? 0) - succeeded - failed - skipped)
  const isCancelled = state.status === 'cancelled'
  const counts = {
    succeeded,
    failed,
    skipped,
    running: 0,
    waiting: isCancelled ? 0 : rest,
    cancelled: isCancelled ? rest : 0,
  }
  const isGoingOn = state.status === 'running' || state.status === 'pausing'
  return runSummary(stored, {
    ...stored,
    counts,
    state: isGoingOn && !stored.isLive ? { status: 'interrupted' } : state,
  })
}
