import type { RunSummary } from '../../../shared/run.ts'
import type { RunChange } from '../../../shared/runChange.ts'
import type { TripwireName } from '../../../shared/tripwires.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { host } from '../../lib/host.ts'
import { notifyDone, notifyError } from '../../lib/notify.ts'
import { canResume, waysOn } from '../../stores/runStore.ts'

/** The host takes no more at once. */
const MOST_FIRST = 1000

/** What a person can do to a run. What comes of it is pushed: nothing here changes a store. */
export async function pauseRun(run: string): Promise<void> {
  await callOrNotify('runs.pause', { run })
}

/** Without awaiting the calls in flight. */
export async function pauseRunNow(run: string): Promise<void> {
  await callOrNotify('runs.pause', { run, now: true })
}

interface ResumeHow {
  /** In place of the run's own budget. */
  readonly budgetUsd?: number
  /** A tripwire that is off from now on. */
  readonly ignore?: TripwireName
}

export async function resumeRun(run: string, how: ResumeHow = {}): Promise<void> {
  await callOrNotify('runs.resume', { run, ...how })
}

/** false: it could not be done, and the person was told. */
export async function changeRun(run: string, change: RunChange): Promise<boolean> {
  const reply = await host.call('runs.change', { run, change })
  if (!reply.ok) notifyError(reply.error)
  return reply.ok
}

/** Items of the source that are to go next. */
export async function doFirst(run: string, indexes: readonly number[]): Promise<void> {
  const reply = await host.call('runs.first', { run, indexes: indexes.slice(0, MOST_FIRST) })
  if (!reply.ok) notifyError(reply.error)
  else notifyDone(`first ${run}`, indexes.length === 1 ? 'It goes next.' : 'They go next.', 3_000)
}

/** Of a run whose source grows: no more items are awaited. */
export async function finishRun(run: string): Promise<void> {
  await callOrNotify('runs.finish', { run })
}

export async function cancelRun(run: string): Promise<void> {
  await callOrNotify('runs.cancel', { run })
}

/** One key for both. Resumed with a budget that is used up, it would pause again at once. */
export async function pauseOrResume(run: RunSummary): Promise<void> {
  if (run.state.status === 'running') await pauseRun(run.run)
  else if (canResume(run) && waysOn(run) !== 'budget') await resumeRun(run.run)
}

export async function retryFailed(run: string): Promise<void> {
  await callOrNotify('runs.retryFailed', { run })
}
