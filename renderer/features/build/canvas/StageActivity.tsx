import type { CellState } from '../../../../shared/cell.ts'
import { formatCount, formatDuration, formatTokens, formatUsd } from '../../../../shared/format.ts'
import type { StageTrace } from '../../../../shared/trace.ts'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { gatherWords, packWords } from './groupCounts.ts'
import { selectLastTrace, useLastTraceStore } from './lastTraceStore.ts'
import { type LiveStage, useLiveStage } from './liveCounts.ts'
import classes from './node.module.css'
import { StateBar } from './StateBar.tsx'

/** The foot of a stage: the live run's counts, else what the last test took. Listens for itself. */
export function StageActivity({ id }: { readonly id: string }) {
  const live = useLiveStage(id)
  const last = useLastTraceStore(selectLastTrace(id))
  if (live !== null) return <LiveFoot live={live} />
  return last === null ? null : <LastFoot trace={last} />
}

const SHOWN: readonly CellState[] = ['succeeded', 'remembered', 'failed', 'running', 'retrying']

function LiveFoot({ live: { counts, gather, pack } }: { readonly live: LiveStage }) {
  if (counts === null && gather === null && pack === null) return null
  const groups = gather === null ? null : gatherWords(gather)
  const calls = pack === null ? null : packWords(pack)
  // A gather's own figures say more than how many items went through it.
  const shown = groups === null ? SHOWN.filter((state) => (counts?.[state] ?? 0) > 0) : []
  return (
    <>
      <div className={classes.foot}>
        {shown.map((state) => (
          <span key={state}>
            <StateGlyph state={state} /> {formatCount(counts?.[state] ?? 0)}
          </span>
        ))}
        {groups !== null && <span title={groups.label}>{groups.text}</span>}
        {calls !== null && <span title={calls.label}>{calls.text}</span>}
      </div>
      {counts !== null && <StateBar counts={counts} />}
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
