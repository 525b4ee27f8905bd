import { useEffect } from 'react'
import type { RunSummary } from '../../../shared/run.ts'
import { runNews } from '../../../shared/runNotice.ts'
import { lookedAt, NOTHING_WATCHED, newsBetween, type RunWatch, watchRun } from '../../../shared/runWatch.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { selectNotifies, useNoticeStore } from '../../stores/noticeStore.ts'
import { isLive, useRunStore } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { pageTitle } from './pageTitle.ts'
import { createWakeLock, type WakeLock } from './wakeLock.ts'

/** In a browser: the page's title, its notifications, and a machine that stays awake. The desktop has the system's own. */
export function usePageNotices(): void {
  const isBrowser = useHostStore((state) => state.info?.host === 'browser')
  useEffect(() => (isBrowser ? startPageNotices() : undefined), [isBrowser])
}

function startPageNotices(): () => void {
  let watch = NOTHING_WATCHED
  const wakeLock = browserWakeLock()

  const become = (next: RunWatch): void => {
    watch = isLookedAt() ? lookedAt(next) : next
    const title = pageTitle(watch)
    if (document.title !== title) document.title = title
    wakeLock?.need(watch.live.size > 0)
  }
  const see = (runs: readonly RunSummary[]): void => {
    let next = runs.length === 0 ? NOTHING_WATCHED : watch
    for (const run of runs) if (isLive(run) || next.live.has(run.run)) next = watchRun(next, run)
    if (document.hidden && selectNotifies(useNoticeStore.getState())) newsBetween(watch, next).forEach(notify)
    become(next)
  }
  const look = (): void => {
    useNoticeStore.getState().readPermission()
    wakeLock?.visibilityChanged()
    become(watch)
  }

  const stopRuns = useRunStore.subscribe((now, before) => {
    if (now.runs !== before.runs) see(now.runs)
  })
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
  see(useRunStore.getState().runs)
  return () => {
    stopRuns()
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
    become(NOTHING_WATCHED)
  }
}

function isLookedAt(): boolean {
  return !document.hidden && document.hasFocus()
}

function notify(run: RunSummary): void {
  const news = runNews(run)
  if (news === null) return
  try {
    // The tag: two pages on the same workshop notify once.
    const notification = new Notification(news.title, { body: news.text, tag: run.run })
    notification.onclick = () => {
      window.focus()
      useViewStore.getState().showRun(run.run)
      notification.close()
    }
  } catch (error) {
    // Browsers of telephones let a page have none of its own; the title tells it all the same.
    if (!(error instanceof TypeError)) throw error
  }
}

function browserWakeLock(): WakeLock | null {
  if (!('wakeLock' in navigator)) return null
  return createWakeLock({
    request: () => navigator.wakeLock.request('screen'),
    isVisible: () => !document.hidden,
  })
}
