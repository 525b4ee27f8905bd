import { MICROS_PER_USD } from '../../shared/format.ts'
import type { RunSummary } from '../../shared/run.ts'
import { costUsd } from './spend.ts'

/** The document that `run --json` and `show --json` print. `output`: the results file as written from the current folder. */
export function runJson(summary: RunSummary, output: string | null) {
  const { state, counts, usage } = summary
  return {
    run: summary.run,
    status: state.status,
    items: summary.items,
    succeeded: counts.succeeded,
    failed: counts.failed,
    skipped: counts.skipped,
    cancelled: counts.cancelled,
    waiting: counts.waiting + counts.running,
    costUsd: costUsd(summary),
    unpricedCalls: summary.unpricedCalls,
    simulated: summary.simulated,
    usage,
    seconds: summary.activeMs / 1000,
    calls: summary.calls,
    reused: summary.reused,
    remembered: summary.remembered,
    savedUsd: summary.savedMicros / MICROS_PER_USD,
    perhapsBilledUsd: summary.uncertainMicros / MICROS_PER_USD,
    output,
    ...(state.status === 'paused' ? { reason: state.reason } : {}),
    ...(state.status === 'failed' ? { error: state.error } : {}),
  }
}
