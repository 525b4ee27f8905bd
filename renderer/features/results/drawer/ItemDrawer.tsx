import { ActionIcon, Button, ScrollArea, Tooltip } from '@mantine/core'
import { IconArrowBarToUp, IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { isLive } from '../../../stores/runStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { RunNaming } from '../../../ui/trace/AskedInRun.tsx'
import { ItemTraceView } from '../../../ui/trace/ItemTraceView.tsx'
import { revisionName } from '../revisions/revisionName.ts'
import { doFirst } from '../runActions.ts'
import { GroupNotice } from './GroupNotice.tsx'
import classes from './ItemDrawer.module.css'
import { nameRun } from './NamedRun.tsx'
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
  const trace = state.status === 'ready' ? state.trace : null
  const items = summary.lanes[lane]?.items ?? null
  const word = lane === 0 ? 'Item' : 'Group'
  return (
    <aside className={classes.root} aria-label={`${word} ${index + 1}`}>
      <div className={classes.head}>
        <span className={classes.title}>
          {word} {formatCount(index + 1)}
          {items !== null && <span className="quiet"> of {formatCount(items)}</span>}
          {trace !== null && summary.revision > 0 && <RanBy revision={trace.revision} />}
        </span>
        {trace?.status === 'waiting' && lane === 0 && isLive(summary) && (
          <Tooltip label="It goes next, before the others that wait">
            <Button
              size="xs"
              leftSection={<IconArrowBarToUp size={14} stroke={1.5} />}
              onClick={() => void doFirst(summary.run, [index])}
            >
              Do first
            </Button>
          </Tooltip>
        )}
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
          {state.status === 'ready' && (
            <RunNaming value={nameRun}>
              {state.trace.isRedone && <RedoneNotice />}
              <GroupNotice trace={state.trace} onShow={onOpen} />
              <ItemTraceView trace={state.trace} tiers={tiers} simulated={summary.simulated} />
            </RunNaming>
          )}
          {state.status === 'failed' && <ApiErrorNotice error={state.error} />}
        </div>
      </ScrollArea>
    </aside>
  )
}

function RanBy({ revision }: { readonly revision: number }) {
  return (
    <span className={classes.revision} title="By which state of the chain it ran">
      {revisionName(revision)}
    </span>
  )
}

function RedoneNotice() {
  return (
    <p className={classes.redone} role="status">
      Being asked again. This old result stands until the new one is there.
    </p>
  )
}
