import type { GatherCounts, PackCounts } from '../../../../shared/group.ts'
import type { RunProgress, StageCounts } from '../../../../shared/run.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { isLive, useRunStore } from '../../../stores/runStore.ts'

/** What a live run says of one stage; each null where it says nothing. */
export interface LiveStage {
  readonly counts: StageCounts | null
  readonly gather: GatherCounts | null
  readonly pack: PackCounts | null
}

/** One stage in the newest live run of the open chain; null: none is running. */
export function useLiveStage(stage: string): LiveStage | null {
  const file = useChainStore((state) => state.file)
  const progress = useRunStore((state) => newestLive(state.progress.values(), file))
  if (progress === null) return null
  const { summary, stageCounts } = progress
  return {
    counts: stageCounts[summary.stages.findIndex(({ id }) => id === stage)] ?? null,
    gather: summary.lanes.find(({ gather }) => gather?.gather === stage)?.gather ?? null,
    pack: summary.packs.find((pack) => pack.stage === stage) ?? null,
  }
}

function newestLive(all: Iterable<RunProgress>, file: string | null): RunProgress | null {
  let newest: RunProgress | null = null
  for (const progress of all) {
    const { summary } = progress
    if (summary.chainFile !== file || summary.kind !== 'batch' || !isLive(summary)) continue
    if (newest === null || summary.startedAt > newest.summary.startedAt) newest = progress
  }
  return newest
}
