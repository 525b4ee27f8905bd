import { ActionIcon, ScrollArea, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { ItemTraceView } from '../../../ui/trace/ItemTraceView.tsx'
import { GroupNotice } from './GroupNotice.tsx'
import classes from './ItemDrawer.module.css'
import { useItemTrace } from './useItemTrace.ts'

interface ItemDrawerProps {
  readonly summary: RunSummary
  readonly lane: number
  readonly index: number
  readonly onStep: (by: 1 | -1) => void
  /** Another item, or a group. */
  readonly onOpen: (index: number, lane: number) => void
  readonly onClose: () => void
}

const icon = { size: 16, stroke: 1.5 }

/** One item's whole trace beside the grid and the table. */
export function ItemDrawer({ summary, lane, index, onStep, onOpen, onClose }: ItemDrawerProps) {
  const state = useItemTrace(summary.run, lane, index)
  const tiers = useHostStore((state) => state.tiers)
  const items = summary.lanes[lane]?.items ?? null
  const word = lane === 0 ? 'Item' : 'Group'
  return (
    <aside className={classes.root} aria-label={`${word} ${index + 1}`}>
      <div className={classes.head}>
        <span className={classes.title}>
          {word} {formatCount(index + 1)}
          {items !== null && <span className="quiet"> of {formatCount(items)}</span>}
        </span>
        <Tooltip label={`${word} before  K`}>
          <ActionIcon aria-label={`${word} before`} onClick={() => onStep(-1)}>
            <IconChevronLeft {...icon} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`Next ${word.toLowerCase()}  J`}>
          <ActionIcon aria-label={`Next ${word.toLowerCase()}`} onClick={() => onStep(1)}>
            <IconChevronRight {...icon} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Close  Esc">
          <ActionIcon aria-label="Close" onClick={onClose}>
            <IconX {...icon} />
          </ActionIcon>
        </Tooltip>
      </div>
      <ScrollArea className={classes.body} type="auto">
        <div className={classes.content}>
          {state.status === 'ready' && <GroupNotice trace={state.trace} onShow={onOpen} />}
          {state.status === 'ready' && (
            <ItemTraceView trace={state.trace} tiers={tiers} simulated={summary.simulated} />
          )}
          {state.status === 'failed' && <ApiErrorNotice error={state.error} />}
        </div>
      </ScrollArea>
    </aside>
  )
}
