import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount, formatDuration, formatRate, formatUsd } from '../../../../shared/format.ts'
import type { RunProgress } from '../../../../shared/run.ts'
import { isLive } from '../../../stores/runStore.ts'
import { Money } from '../../../ui/Money.tsx'
import { TokenCount } from '../../../ui/trace/TokenCount.tsx'
import { ConcurrencyField } from './ConcurrencyField.tsx'
import classes from './RunFigures.module.css'

/** Spend, tokens, calls, speed and time of a run. */
export function RunFigures({ progress }: { readonly progress: RunProgress }) {
  const { summary, itemsPerSecond, remainingMs } = progress
  const { simulated, unpricedCalls, budgetMicros } = summary
  const isRunning = isLive(summary)
  return (
    <div className={classes.root}>
      <Figure label="spent">
        <Money micros={summary.costMicros} simulated={simulated} unpricedCalls={unpricedCalls} />
        {budgetMicros !== null && <span className="quiet"> of {formatUsd(budgetMicros)}</span>}
      </Figure>
      <Figure label="tokens">
        <TokenCount usage={summary.usage} />
      </Figure>
      <Figure label="calls">
        <Tooltip
          label={`${formatCount(summary.reused)} answers were taken over without a call.`}
          disabled={summary.reused === 0}
        >
          <span>{formatCount(summary.calls)}</span>
        </Tooltip>
      </Figure>
      {isRunning && <Figure label="speed">{itemsPerSecond === null ? '–' : formatRate(itemsPerSecond)}</Figure>}
      {isRunning && <Figure label="left">{remainingMs === null ? '–' : formatDuration(remainingMs)}</Figure>}
      {!isRunning && <Figure label="took">{formatDuration(summary.activeMs)}</Figure>}
      {isRunning && <ConcurrencyField key={summary.run} run={summary.run} concurrency={summary.concurrency} />}
    </div>
  )
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className={classes.figure}>
      <span className={classes.label}>{label}</span>
      <span>{children}</span>
    </span>
  )
}
