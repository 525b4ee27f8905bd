import { Tooltip } from '@mantine/core'
import { formatCount, formatDuration, formatUsd } from '../../../shared/format.ts'
import type { LimitKind } from '../../../shared/limits.ts'
import type { RunProgress, RunSummary } from '../../../shared/run.ts'
import { pauseWords } from '../../lib/pauseWords.ts'
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
  const limit = limitText(progress)
  if (run === null) return <span>No run is going on</span>
  return (
    <>
      <Tooltip label={limit === null ? 'Open this run' : `Open this run, ${limit}`} multiline maw={360}>
        <button type="button" className={classes.root} onClick={() => useViewStore.getState().showRun(run.run)}>
          <StateGlyph state={run.state.status} />
          <span className={classes.name}>{run.chainName}</span>
          <RunBar counts={run.counts} items={run.items} width={96} />
          <span className={classes.figures}>{describeRun(run, progress)}</span>
          {limit !== null && <span className={classes.limit}>{limit}</span>}
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
    run.savedMicros > 0 ? `${formatUsd(run.savedMicros)} saved` : null,
    run.canary?.status === 'running'
      ? `canary ${formatCount(run.canary.done)} of ${formatCount(run.canary.items)}`
      : run.state.status === 'running' && progress?.remainingMs != null
        ? `${formatDuration(progress.remainingMs)} left`
        : null,
    run.state.status === 'running' ? null : [run.state.status, pauseWords(run.state)].filter(isText).join(': '),
  ]
  return parts.filter(isText).join(' · ')
}

function isText(part: string | null): part is string {
  return part !== null
}

/** What could be done about the speed; null: nothing, or it is what the person set or what the figures say anyway. */
function limitText(progress: RunProgress | null): string | null {
  const limits = progress?.limits ?? null
  if (limits === null || progress?.summary.state.status !== 'running') return null
  return QUIET_LIMITS.includes(limits.kind) ? null : `limited by ${limits.text}`
}

const QUIET_LIMITS: readonly LimitKind[] = ['items', 'canary', 'tail', 'calls']
