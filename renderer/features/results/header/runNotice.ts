import { assertNever } from '../../../../shared/assertNever.ts'
import { failureKindText } from '../../../../shared/failureText.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { PauseReason, RunSummary } from '../../../../shared/run.ts'

/** What a run that stands still has to say: what happened, what was kept, what to do. */
export interface RunNotice {
  readonly tone: 'quiet' | 'warning' | 'error'
  readonly title: string
  readonly text: string
}

/** null: nothing needs saying. */
export function runNotice({ state, counts }: RunSummary): RunNotice | null {
  const finished = counts.succeeded + counts.failed + counts.skipped
  const kept = `${formatCount(finished)} finished and kept, ${formatCount(counts.waiting + counts.running)} left.`
  switch (state.status) {
    case 'running':
    case 'completed':
      return null
    case 'pausing':
      return {
        tone: 'quiet',
        title: 'Pausing',
        text: 'No new calls are made. The calls in flight are awaited, so that nothing paid for is lost.',
      }
    case 'paused':
      return {
        tone: state.reason.kind === 'asked' ? 'quiet' : 'warning',
        title: pauseTitle(state.reason),
        text: pauseText(state.reason, kept),
      }
    case 'interrupted':
      return {
        tone: 'warning',
        title: 'Interrupted',
        text: `Its program ended while it was running. ${kept} Resume goes on where it stood: no finished stage is asked again. Calls that were in flight are.`,
      }
    case 'cancelled':
      return {
        tone: 'quiet',
        title: 'Cancelled',
        text: `${formatCount(finished)} finished and kept. Launch again to do the others.`,
      }
    case 'failed':
      return {
        tone: 'error',
        title: 'Stopped',
        text: `${state.error.message} ${failureKindText(state.error.kind).next}`,
      }
    default:
      return assertNever(state)
  }
}

function pauseTitle({ kind }: PauseReason): string {
  switch (kind) {
    case 'asked':
      return 'Paused'
    case 'auth':
      return 'Paused: the key was not accepted'
    case 'budget':
      return 'Paused: the budget is used up'
    case 'backend':
      return 'Paused: the backend cannot be reached'
    case 'disk':
      return 'Paused: results cannot be stored'
    default:
      return assertNever(kind)
  }
}

function pauseText({ kind, message }: PauseReason, kept: string): string {
  return kind === 'asked' ? `${kept} Resume goes on where it stands.` : `${message} ${kept}`
}
