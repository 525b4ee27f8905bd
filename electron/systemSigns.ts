import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import type { ProgressBar, SystemSigns } from './runNotices.ts'

export interface SignsParts {
  /** null: there is none. */
  window(): BrowserWindow | null
  /** A notification was clicked. */
  showRun(run: string): void
}

export interface ShownSigns extends SystemSigns {
  /** A window was opened: it shows what the one before it did. */
  showAgain(): void
}

/** The system's own signs: notifications, the bar in the dock or taskbar, and that the machine does not fall asleep. */
export function systemSigns({ window, showRun }: SignsParts): ShownSigns {
  /** By run. Held on to, as Electron forgets a notification that nobody holds, and its click with it. */
  const notifications = new Map<string, Notification>()
  let blocker: number | null = null
  let bar: ProgressBar | null = null

  const drawBar = (): void => {
    if (bar !== null) window()?.setProgressBar(bar.value, { mode: bar.mode })
  }
  return {
    isLookedAt: () => window()?.isFocused() ?? false,
    notify: (run, { title, text }) => {
      if (!Notification.isSupported()) return
      notifications.get(run)?.close()
      const notification = new Notification({ title, body: text })
      notifications.set(run, notification)
      notification.on('click', () => showRun(run))
      notification.show()
    },
    showProgress: (next) => {
      bar = next
      drawBar()
    },
    showAgain: drawBar,
    keepAwake: (isNeeded) => {
      if (blocker !== null) powerSaveBlocker.stop(blocker)
      blocker = isNeeded ? powerSaveBlocker.start('prevent-app-suspension') : null
    },
    clear: () => {
      for (const notification of notifications.values()) notification.close()
      notifications.clear()
    },
  }
}
