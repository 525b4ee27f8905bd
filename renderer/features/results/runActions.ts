import type { RunSummary } from '../../../shared/run.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { canResume, needsBudget } from '../../stores/runStore.ts'

/** What a person can do to a run. What comes of it is pushed: nothing here changes a store. */
export async function pauseRun(run: string): Promise<void> {
  await callOrNotify('runs.pause', { run })
}

/** `budgetUsd`: in place of the run's own. */
export async function resumeRun(run: string, budgetUsd?: number): Promise<void> {
  await callOrNotify('runs.resume', { run, ...(budgetUsd !== undefined && { budgetUsd }) })
}

/** Of a run whose source grows: no more items are awaited. */
export async function finishRun(run: string): Promise<void> {
  await callOrNotify('runs.finish', { run })
}

export async function cancelRun(run: string): Promise<void> {
  await callOrNotify('runs.cancel', { run })
}

/** One key for both. */
export async function pauseOrResume(run: RunSummary): Promise<void> {
  if (run.state.status === 'running') await pauseRun(run.run)
  else if (canResume(run) && !needsBudget(run)) await resumeRun(run.run)
}

export async function retryFailed(run: string): Promise<void> {
  await callOrNotify('runs.retryFailed', { run })
}
