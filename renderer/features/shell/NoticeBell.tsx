import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBell, IconBellRinging } from '@tabler/icons-react'
import { useHostStore } from '../../stores/hostStore.ts'
import { selectNotifies, useNoticeStore } from '../../stores/noticeStore.ts'
import { isLive, useRunStore } from '../../stores/runStore.ts'

/** In a browser, while a run goes on: whether one is told of its end. Where the browser refuses, nothing is offered. */
export function NoticeBell() {
  const isBrowser = useHostStore((state) => state.info?.host === 'browser')
  const goesOn = useRunStore((state) => state.runs.some(isLive))
  const canAsk = useNoticeStore(({ permission }) => permission === 'default' || permission === 'granted')
  const notifies = useNoticeStore(selectNotifies)
  if (!isBrowser || !goesOn || !canAsk) return null
  const Bell = notifies ? IconBellRinging : IconBell
  return (
    <Tooltip label={notifies ? 'You are told when a run ends' : 'Tell me when a run ends'}>
      <ActionIcon
        size="sm"
        aria-label="Tell me when a run ends"
        aria-pressed={notifies}
        onClick={() => void useNoticeStore.getState().turn(!notifies)}
      >
        <Bell size={14} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}
