import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount, formatDuration, formatRate } from '../../../../shared/format.ts'
import type { RunProgress, RunSummary } from '../../../../shared/run.ts'
import { isLive } from '../../../stores/runStore.ts'
import { TokenCount } from '../../../ui/trace/TokenCount.tsx'
import { ConcurrencyField } from './ConcurrencyField.tsx'
import classes from './RunFigures.module.css'

interface RunFiguresProps {
  readonly progress: RunProgress
  /** What was spent; null: that stands elsewhere. */
  readonly spend: ReactNode
}

/** Tokens, calls, speed and time of a run. */
export function RunFigures({ progress, spend }: RunFiguresProps) {
  const { summary, itemsPerSecond, remainingMs } = progress
  const isRunning = isLive(summary)
  return (
    <div className={classes.root}>
      {spend}
      <Figure label="tokens">
        <TokenCount usage={summary.usage} />
      </Figure>
      <Figure label="calls">
        <Calls summary={summary} />
      </Figure>
      {isRunning && <Figure label="speed">{itemsPerSecond === null ? '–' : formatRate(itemsPerSecond)}</Figure>}
      {isRunning && <Figure label="left">{remainingMs === null ? '–' : formatDuration(remainingMs)}</Figure>}
      {!isRunning && <Figure label="took">{formatDuration(summary.activeMs)}</Figure>}
      {isRunning && <ConcurrencyField key={summary.run} run={summary.run} concurrency={summary.concurrency} />}
    </div>
  )
}

/** With the answers for which no call was made. */
function Calls({ summary: { calls, reused, remembered } }: { readonly summary: RunSummary }) {
  const taken = reused - remembered
  const notes = [
    remembered > 0
      ? `${answers(remembered)} from memory: the same was asked in another run or for another item.`
      : null,
    taken > 0 ? `${answers(taken)} taken over from an earlier part of this run.` : null,
  ].filter((note) => note !== null)
  return (
    <Tooltip label={notes.join(' ')} disabled={notes.length === 0}>
      <span>
        {formatCount(calls)}
        {remembered > 0 && <span className="quiet"> + {formatCount(remembered)} from memory</span>}
      </span>
    </Tooltip>
  )
}

function answers(count: number): string {
  return count === 1 ? '1 answer was' : `${formatCount(count)} answers were`
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className={classes.figure}>
      <span className={classes.label}>{label}</span>
      <span>{children}</span>
    </span>
  )
}
