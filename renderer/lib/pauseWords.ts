import type { PauseReason, RunState } from '../../shared/run.ts'

const WORDS: Readonly<Record<PauseReason['kind'], string | null>> = {
  asked: null,
  auth: 'key not accepted',
  budget: 'budget used up',
  dayBudget: "day's budget",
  backend: 'backend not reached',
  disk: 'disk',
  tripwire: 'tripwire',
  ledger: 'items do not add up',
}

/** What a run stands still for, where there is no room for a sentence; null: it goes on, or a person asked for it. */
export function pauseWords(state: RunState): string | null {
  return state.status === 'paused' || state.status === 'pausing' ? WORDS[state.reason.kind] : null
}
