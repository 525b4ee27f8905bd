import type { RunSummary } from '../../../../shared/run.ts'

/**
 * What a run waits for a decision of; its notice then has the ways on. null: it goes on, or a plain Resume is all.
 * `dayBudget`: a plain Resume is enough on the next day.
 */
export type WaysOn = 'budget' | 'dayBudget' | 'tripwire'

export function waysOn({ state }: RunSummary): WaysOn | null {
  if (state.status !== 'paused') return null
  const { kind } = state.reason
  return kind === 'budget' || kind === 'dayBudget' || kind === 'tripwire' ? kind : null
}
