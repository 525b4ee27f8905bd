import type { RunProgress } from '../../../../shared/run.ts'

/** Calls that would be given up by a pause at once: at the most, for other runs may be asking the same backends. */
export function callsInFlight({ limits, stageCounts }: RunProgress): number {
  if (limits !== null) return limits.backends.reduce((sum, { active }) => sum + active, 0)
  return stageCounts.reduce((sum, { running = 0 }) => sum + running, 0)
}
