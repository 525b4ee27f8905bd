import type { CellState } from '../../../../shared/cell.ts'
import { formatCount, formatDuration, formatTokens, formatUsd } from '../../../../shared/format.ts'
import type { StageCounts } from '../../../../shared/run.ts'
import type { StageTrace } from '../../../../shared/trace.ts'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { selectLastTrace, useLastTraceStore } from './lastTraceStore.ts'
import { useLiveCounts } from './liveCounts.ts'
import classes from './node.module.css'
import { StateBar } from './StateBar.tsx'

/** The foot of a stage: the live run's counts, else what the last test took. Listens for itself. */
export function StageActivity({ id }: { readonly id: string }) {
  const live = useLiveCounts(id)
  const last = useLastTraceStore(selectLastTrace(id))
  if (live !== null) return <LiveFoot counts={live} />
  return last === null ? null : <LastFoot trace={last} />
}

const SHOWN: readonly CellState[] = ['succeeded', 'remembered', 'failed', 'running', 'retrying']

function LiveFoot({ counts }: { readonly counts: StageCounts }) {
  return (
    <>
      <div className={classes.foot}>
        {SHOWN.filter((state) => (counts[state] ?? 0) > 0).map((state) => (
          <span key={state}>
            <StateGlyph state={state} /> {formatCount(counts[state] ?? 0)}
          </span>
        ))}
      </div>
      <StateBar counts={counts} />
    </>
  )
}

function LastFoot({ trace }: { readonly trace: StageTrace }) {
  const { usage, latencyMs, costMicros, state, attempts } = trace
  return (
    <div className={classes.foot} title="The last test of one item">
      <span>
        <StateGlyph state={state} /> {attempts.length > 0 && formatDuration(latencyMs)}
      </span>
      {attempts.length > 0 && (
        <>
          <span>
            {formatTokens(usage.inputTokens)} → {formatTokens(usage.outputTokens)} tok
          </span>
          <span>{formatUsd(costMicros)}</span>
        </>
      )}
    </div>
  )
}
