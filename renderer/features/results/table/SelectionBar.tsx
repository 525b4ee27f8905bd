import { Button, CloseButton, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { RunChange } from '../../../../shared/runChange.ts'
import { isLive } from '../../../stores/runStore.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { changeRun, doFirst } from '../runActions.ts'
import classes from './SelectionBar.module.css'

interface SelectionBarProps {
  readonly summary: RunSummary
  readonly lane: number
  readonly items: ReadonlySet<number>
  readonly onClear: () => void
}

/** What can be done with the rows that are chosen. */
export function SelectionBar({ summary, lane, items, onClear }: SelectionBarProps) {
  const { run } = summary
  const indexes = [...items].sort((a, b) => a - b)
  const change: RunChange = { scope: { kind: 'items', lane, indexes } }
  const hasFailed = (summary.lanes[lane]?.counts.failed ?? 0) > 0
  const canBeFirst = lane === 0 && isLive(summary)
  const retry = async (): Promise<void> => {
    if (await changeRun(run, change)) onClear()
  }
  const first = async (): Promise<void> => {
    await doFirst(run, indexes)
    onClear()
  }
  useHotkeys([
    ['R', () => hasFailed && void retry()],
    ['shift+ArrowUp', () => canBeFirst && void first()],
  ])
  return (
    <div className={classes.root} role="toolbar" aria-label="Selected rows">
      <span className={classes.count}>{formatCount(items.size)} selected</span>
      {canBeFirst && (
        <Tooltip label="Those of them that wait go next, in this order  Shift+↑">
          <Button size="xs" onClick={() => void first()}>
            Do first
          </Button>
        </Tooltip>
      )}
      {hasFailed && (
        <RunPreviewTooltip what={{ kind: 'change', run, change }} label="Asks the failed ones of them again  R">
          <Button size="xs" onClick={() => void retry()}>
            Retry the failed ones
          </Button>
        </RunPreviewTooltip>
      )}
      <Tooltip label="Select none">
        <CloseButton size="xs" aria-label="Select none" onClick={onClear} />
      </Tooltip>
    </div>
  )
}
