import { Switch } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { selectNotifies, useNoticeStore } from '../../stores/noticeStore.ts'

/** Whether one is told of a run's end while looking elsewhere. */
export function NoticeSettings() {
  const host = useHostStore((state) => state.info?.host)
  const permission = useNoticeStore((state) => state.permission)
  const notifies = useNoticeStore(selectNotifies)
  if (host === 'electron')
    return (
      <p className="quiet">
        When a run ends or pauses by itself while you look at another program, the system notifies you, as its own
        settings allow.
      </p>
    )
  if (permission === 'absent')
    return <p className="quiet">This browser has no notifications. The page's title says how far a run is.</p>
  return (
    <Switch
      label="Tell me when a run ends"
      description={
        permission === 'denied'
          ? 'This browser was told to refuse notifications of this page. Allow them in its settings for this address.'
          : 'By a notification, when a run ends or pauses by itself while this page is hidden.'
      }
      disabled={permission === 'denied'}
      checked={notifies}
      onChange={(event) => void useNoticeStore.getState().turn(event.currentTarget.checked)}
    />
  )
}
