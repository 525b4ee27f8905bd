import { Button, ScrollArea } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { FailureCause, RunChange } from '../../../../shared/runChange.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { ScreenLoading } from '../../../ui/ScreenLoading.tsx'
import { changeRun } from '../runActions.ts'
import type { RunScreenActions } from '../runPart.ts'
import { FailureCard } from './FailureCard.tsx'
import classes from './TriageBoard.module.css'
import { useFailures } from './useFailures.ts'

interface TriageBoardProps {
  readonly summary: RunSummary
  readonly partSwitch: ReactNode
  readonly actions: RunScreenActions
}

/** The failed items of a run by their cause: what it is, what could help, a try on a few, and the fix for all of them. */
export function TriageBoard({ summary, partSwitch, actions }: TriageBoardProps) {
  const failures = useFailures(summary.run)
  const [selected, setSelected] = useState<readonly string[]>([])
  const causes = failures.status === 'ready' ? failures.causes : []
  const chosen = causes.filter(({ cause }) => selected.includes(cause))
  const count = causes.reduce((sum, cause) => sum + cause.count, 0)
  return (
    <section className={classes.root} aria-label="Failures">
      <div className={classes.bar}>
        {partSwitch}
        {failures.status === 'ready' && (
          <span className={classes.sum} role="status">
            {formatCount(count)} failed for {causes.length === 1 ? 'one cause' : `${formatCount(causes.length)} causes`}
          </span>
        )}
        {chosen.length > 0 && <RetryTogether summary={summary} causes={chosen} onDone={() => setSelected([])} />}
      </div>
      {failures.status === 'loading' && <ScreenLoading label="Reading the failures" />}
      {failures.status === 'failed' && <ApiErrorNotice error={failures.error} />}
      {failures.status === 'ready' && causes.length === 0 && (
        <EmptyState title="Nothing has failed">
          Items that fail stand here by their cause, with what could help.
        </EmptyState>
      )}
      {causes.length > 0 && (
        <ScrollArea className={classes.scroller}>
          <ul className={classes.cards}>
            {causes.map((cause) => (
              <li key={`${cause.lane} ${cause.cause}`}>
                <FailureCard
                  summary={summary}
                  cause={cause}
                  actions={actions}
                  isSelected={selected.includes(cause.cause)}
                  // What is asked again together is of one lane: groups are made of what its items come to.
                  canSelect={chosen.every(({ lane }) => lane === cause.lane)}
                  onSelect={(isOn) =>
                    setSelected((before) =>
                      isOn ? [...before, cause.cause] : before.filter((other) => other !== cause.cause),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </ScrollArea>
      )}
    </section>
  )
}

interface RetryTogetherProps {
  readonly summary: RunSummary
  readonly causes: readonly FailureCause[]
  readonly onDone: () => void
}

function RetryTogether({ summary: { run }, causes, onDone }: RetryTogetherProps) {
  const lane = causes[0]?.lane ?? 0
  const change: RunChange = { scope: { kind: 'items', lane, causes: causes.map(({ cause }) => cause) } }
  const count = causes.reduce((sum, cause) => sum + cause.count, 0)
  const retry = async (): Promise<void> => {
    if (await changeRun(run, change)) onDone()
  }
  return (
    <div className={classes.together}>
      <RunPreviewTooltip what={{ kind: 'change', run, change }} label="Asks what failed again, as it was asked before.">
        <Button size="xs" leftSection={<IconRefresh size={14} stroke={1.5} />} onClick={() => void retry()}>
          Retry these {formatCount(count)} together
        </Button>
      </RunPreviewTooltip>
    </div>
  )
}
