import { Tooltip } from '@mantine/core'
import { formatCount, formatDuration, formatUsd } from '../../../shared/format.ts'
import type { RunProgress, RunSummary } from '../../../shared/run.ts'
import { selectCurrentRun, selectProgress, useRunStore } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { RunBar } from '../../ui/RunBar.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import classes from './CurrentRun.module.css'
import { useSampled } from './useSampled.ts'

/** The way back to a live run from every screen. */
export function CurrentRun() {
  const run = useRunStore(selectCurrentRun)
  const progress = useRunStore(selectProgress(run?.run ?? null))
  const spoken = useSampled(run === null ? '' : describeRun(run, progress), 10_000)
  if (run === null) return <span>No run is going on</span>
  return (
    <>
      <Tooltip label="Open this run">
        <button type="button" className={classes.root} onClick={() => useViewStore.getState().showRun(run.run)}>
          <StateGlyph state={run.state.status} />
          <span className={classes.name}>{run.chainName}</span>
          <RunBar counts={run.counts} items={run.items} width={96} />
          <span className={classes.figures}>{describeRun(run, progress)}</span>
        </button>
      </Tooltip>
      {/* Said every ten seconds at the most: a screen reader must not read figures all day. */}
      <span className={classes.spoken} role="status">
        {spoken}
      </span>
    </>
  )
}

function describeRun(run: RunSummary, progress: RunProgress | null): string {
  const { counts, items } = run
  const done = counts.succeeded + counts.failed + counts.skipped + counts.cancelled
  const parts = [
    `${formatCount(done)}${items === null ? '' : `/${formatCount(items)}`}`,
    counts.failed > 0 ? `${formatCount(counts.failed)} failed` : null,
    `${formatUsd(run.costMicros)}${run.simulated ? ' play money' : ''}${run.budgetMicros === null ? '' : ` of ${formatUsd(run.budgetMicros)}`}`,
    run.state.status === 'running' && progress?.remainingMs != null
      ? `${formatDuration(progress.remainingMs)} left`
      : null,
    run.state.status === 'running' ? null : run.state.status,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}
