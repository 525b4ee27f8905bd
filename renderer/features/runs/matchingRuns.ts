import type { RunSummary } from '../../../shared/run.ts'

/** Runs in whose chain, source, state or id every word of the search occurs. */
export function matchingRuns(runs: readonly RunSummary[], search: string): readonly RunSummary[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return runs
  return runs.filter(({ chainName, chainFile, sourceLabel, state, run }) => {
    const text = [chainName, chainFile ?? '', sourceLabel, state.status, run].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
