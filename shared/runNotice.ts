import { assertNever } from './assertNever.ts'
import { failureKindText } from './failureText.ts'
import { formatCount, formatUsd } from './format.ts'
import type { PauseReason, RunSummary } from './run.ts'

/** What a run that stands still has to say on its own screen: what happened, what was kept, what to do. */
export interface RunNotice {
  readonly tone: 'quiet' | 'warning' | 'error'
  readonly title: string
  readonly text: string
}

/** null: nothing needs saying. */
export function runNotice({ state, counts }: RunSummary): RunNotice | null {
  const kept = `${formatCount(finishedOf(counts))} finished and kept, ${formatCount(counts.waiting + counts.running)} left.`
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
      return state.reason.kind === 'asked'
        ? { tone: 'quiet', title: 'Paused', text: `${kept} Resume goes on where it stands.` }
        : {
            tone: 'warning',
            title: `Paused: ${pauseCause(state.reason.kind)}`,
            text: `${state.reason.message} ${kept}`,
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
        text: `${formatCount(finishedOf(counts))} finished and kept. Launch again to do the others.`,
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

/** The same for someone who looks elsewhere: a system notification, a page's title. */
export interface RunNews {
  /** `Triage tickets: done` */
  readonly title: string
  /** `298 of 300 succeeded, 2 failed · $0.42` */
  readonly text: string
}

/** What a run has come to by itself; null: it goes on, or it stands still because the person said so. */
export function runNews(run: RunSummary): RunNews | null {
  const { chainName, state, counts } = run
  switch (state.status) {
    case 'running':
    case 'pausing':
    case 'interrupted':
    case 'cancelled':
      return null
    case 'completed':
      return { title: `${chainName}: done`, text: `${outcomeOf(run)} · ${spendOf(run)}` }
    case 'paused':
      return state.reason.kind === 'asked'
        ? null
        : { title: `${chainName} paused: ${pauseCause(state.reason.kind)}`, text: pausedText(state.reason, run) }
    case 'failed':
      return {
        title: `${chainName} stopped: it cannot go on`,
        text: `${state.error.message} ${formatCount(finishedOf(counts))} finished and kept.`,
      }
    default:
      return assertNever(state)
  }
}

function pauseCause(kind: Exclude<PauseReason['kind'], 'asked'>): string {
  switch (kind) {
    case 'auth':
      return 'the key was not accepted'
    case 'budget':
      return 'the budget is used up'
    case 'dayBudget':
      return 'the budget of the day is used up'
    case 'backend':
      return 'the backend cannot be reached'
    case 'disk':
      return 'results cannot be stored'
    case 'tripwire':
      return 'too much went wrong'
    case 'ledger':
      return 'results and items do not add up'
    default:
      return assertNever(kind)
  }
}

function pausedText({ kind, message }: PauseReason, { counts }: RunSummary): string {
  const waiting = counts.waiting + counts.running
  const left = `${formatCount(waiting)} ${waiting === 1 ? 'item' : 'items'} left.`
  // Where the title does not say it all, or where not everything may be on disk, the reason's own words do.
  if (kind === 'tripwire' || kind === 'ledger' || kind === 'disk') return `${message} ${left}`
  return `${left} Nothing is lost.`
}

/** `298 of 300 succeeded, 2 failed` */
function outcomeOf({ items, counts }: RunSummary): string {
  const all = items ?? finishedOf(counts)
  const others = [
    [counts.failed, 'failed'],
    [counts.skipped, 'skipped'],
  ] as const
  return [
    `${formatCount(counts.succeeded)} of ${formatCount(all)} succeeded`,
    ...others.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`),
  ].join(', ')
}

function spendOf({ costMicros, unpricedCalls, simulated }: RunSummary): string {
  if (unpricedCalls > 0) return costMicros === 0 ? 'price unknown' : `at least ${formatUsd(costMicros)}`
  return `${formatUsd(costMicros)}${simulated ? ' play money' : ''}`
}

function finishedOf({ succeeded, failed, skipped }: RunSummary['counts']): number {
  return succeeded + failed + skipped
}
