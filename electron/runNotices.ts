import type { HostEvent } from '../shared/api.ts'
import { type RunNews, runNews } from '../shared/runNotice.ts'
import { lookedAt, NOTHING_WATCHED, newsBetween, percentDone, type RunWatch, watchRun } from '../shared/runWatch.ts'

/** The dock's or taskbar's bar, as `BrowserWindow.setProgressBar` takes it: below 0 there is none, above 1 it has no end. */
export interface ProgressBar {
  readonly value: number
  readonly mode: 'none' | 'normal' | 'indeterminate' | 'error' | 'paused'
}

/** What of the system tells a person who looks elsewhere. */
export interface SystemSigns {
  /** The window has the focus: what happens is seen there. */
  isLookedAt(): boolean
  notify(run: string, news: RunNews): void
  showProgress(bar: ProgressBar): void
  /** The machine is not to fall asleep, until told otherwise. */
  keepAwake(isNeeded: boolean): void
  /** Takes away what was notified. */
  clear(): void
}

export interface RunNotices {
  take(event: HostEvent): void
  /** The window got the focus. */
  look(): void
  /** The program ends. */
  stop(): void
}

/** Notifies, shows progress and keeps the machine awake, as the app's runs need it. Each sign is given when it changes. */
export function createRunNotices(signs: SystemSigns): RunNotices {
  let watch = NOTHING_WATCHED
  let bar = NO_BAR
  let isAwake = false

  const become = (next: RunWatch): void => {
    watch = next
    const nextBar = progressBar(watch)
    if (nextBar.value !== bar.value || nextBar.mode !== bar.mode) signs.showProgress(nextBar)
    bar = nextBar
    const isNeeded = watch.live.size > 0
    if (isNeeded !== isAwake) signs.keepAwake(isNeeded)
    isAwake = isNeeded
  }

  return {
    take: (event) => {
      if (event.kind === 'workspaceChanged') {
        signs.clear()
        become(NOTHING_WATCHED)
      }
      if (event.kind !== 'runProgress') return
      const next = watchRun(watch, event.progress.summary)
      if (signs.isLookedAt()) return become(lookedAt(next))
      for (const run of newsBetween(watch, next)) {
        const news = runNews(run)
        if (news !== null) signs.notify(run.run, news)
      }
      become(next)
    },
    look: () => become(lookedAt(watch)),
    stop: () => become(NOTHING_WATCHED),
  }
}

const NO_BAR: ProgressBar = { value: -1, mode: 'none' }

/** Of what goes on, and of what stands still by itself until the person has looked at it. */
function progressBar({ live, news }: RunWatch): ProgressBar {
  const stuck = [...news.values()].filter(({ state }) => state.status !== 'completed')
  if (live.size === 0 && stuck.length === 0) return NO_BAR
  const percent = percentDone([...live.values(), ...stuck])
  if (stuck.length > 0) {
    const isBroken = stuck.some(({ state }) => state.status === 'failed')
    return { value: percent === null ? 1 : percent / 100, mode: isBroken ? 'error' : 'paused' }
  }
  return percent === null ? { value: 2, mode: 'indeterminate' } : { value: percent / 100, mode: 'normal' }
}
