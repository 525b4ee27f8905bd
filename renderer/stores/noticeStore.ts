import { create } from 'zustand'
import { keepFlag, keptFlag } from '../lib/remembered.ts'

interface NoticeState {
  /** The person wants to be told when a run ends. */
  readonly isWanted: boolean
  /** What the browser allows; `absent`: it has no notifications. */
  readonly permission: NotificationPermission | 'absent'
  /** Asks the browser's permission where it was never asked: call it from a click. */
  turn(on: boolean): Promise<void>
  /** The person may have changed it in the browser's own settings. */
  readPermission(): void
}

const KEY = 'tellRunEnds'

/** Whether a browser's page notifies; the desktop does without, by the system's own settings. */
export const useNoticeStore = create<NoticeState>()((set, get) => ({
  isWanted: keptFlag(KEY),
  permission: currentPermission(),
  async turn(on) {
    if (on && get().permission === 'default') await Notification.requestPermission()
    get().readPermission()
    const isWanted = on && get().permission === 'granted'
    keepFlag(KEY, isWanted)
    set({ isWanted })
  },
  readPermission() {
    set({ permission: currentPermission() })
  },
}))

export function selectNotifies({ isWanted, permission }: NoticeState): boolean {
  return isWanted && permission === 'granted'
}

function currentPermission(): NoticeState['permission'] {
  return 'Notification' in globalThis ? Notification.permission : 'absent'
}
