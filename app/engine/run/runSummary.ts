import type { RunCounts, RunSummary } from '../../../shared/run.ts'
import { DEFAULT_TRIPWIRES, type Tripwires } from '../../../shared/tripwires.ts'
import type { RunProgressRecord, RunRecord, RunTotals, StoredRun } from '../../ports/runStore.ts'

/** A run as lists and headers show it. */
export function runSummary(
  record: RunRecord,
  now: RunProgressRecord & { readonly counts: RunCounts; readonly reservedMicros: number },
): RunSummary {
  const { run, kind, chainFile, chainName, stages, sourceLabel, output, grows, simulated, startedAt } = record
  const { state, items, counts, lanes, packs, concurrency, endedAt, activeMs, budgetMicros, totals } = now
  const { succeeded: _, failed: __, skipped: ___, ...sums } = totals
  const { reservedMicros, revision, canary, unaccounted } = now
  const spent = { ...sums, simulated, budgetMicros, reservedMicros }
  const options = { memory: record.options.memory !== false, tripwires: tripwiresOf(record.options, now) }
  const told = { run, kind, chainFile, chainName, stages, sourceLabel, output, grows, startedAt }
  return {
    ...told,
    ...spent,
    ...options,
    revision,
    canary,
    unaccounted,
    state,
    items,
    counts,
    lanes,
    packs,
    concurrency,
    endedAt,
    activeMs,
  }
}

/** What pauses a run by itself: the defaults, what the launch says in their place, and what a person has switched off since. */
export function tripwiresOf(
  { tripwires }: RunRecord['options'],
  { ignoredWires }: Pick<RunProgressRecord, 'ignoredWires'>,
): Tripwires {
  if (tripwires === false) return {}
  const all = Object.entries({ ...DEFAULT_TRIPWIRES, ...tripwires })
  return Object.fromEntries(
    all.filter(([name, value]) => value !== null && !ignoredWires.some((wire) => wire === name)),
  )
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
    reservedMicros: 0,
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
