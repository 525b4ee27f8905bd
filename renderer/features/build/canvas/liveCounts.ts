import type { RunSummary, StageCounts } from '../../../../shared/run.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { isLive, useRunStore } from '../../../stores/runStore.ts'

/** The states of one stage's cells in the newest live run of the open chain; null: none is running. */
export function useLiveCounts(stage: string): StageCounts | null {
  const file = useChainStore((state) => state.file)
  return useRunStore((state) => {
    let newest: { summary: RunSummary; counts: StageCounts } | null = null
    for (const { summary, stageCounts } of state.progress.values()) {
      if (summary.chainFile !== file || summary.kind !== 'batch' || !isLive(summary)) continue
      const counts = stageCounts[summary.stages.findIndex(({ id }) => id === stage)]
      if (counts !== undefined && (newest === null || summary.startedAt > newest.summary.startedAt))
        newest = { summary, counts }
    }
    return newest?.counts ?? null
  })
}
