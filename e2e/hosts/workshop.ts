import type { Page } from '@playwright/test'

/** The program as a test starts it: one process, one window. */
export interface Workshop {
  readonly page: Page
  /** What only the desktop has; null in a browser. */
  readonly desktop: Desktop | null
  /** As a person ends it. Resolves once the process is gone; rejects if it ended with anything but success. */
  close(): Promise<void>
  /** As power loss ends it. */
  kill(): Promise<void>
}

export interface Desktop {
  /** What the person answers to the next dialog of its kind: Electron's own return value. */
  answerDialog(method: 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox', answer: object): Promise<void>
  /** Clicks the menu's item with this id (electron/menu.ts). */
  clickMenu(id: string): Promise<void>
  /** Asks the program to end; it may refuse. */
  quit(): Promise<void>
  /** What nobody but the system sees; null: Electron itself keeps it from the test. */
  readonly system: DesktopSystem | null
  isRunning(): boolean
  windows(): readonly Page[]
}

export interface DesktopSystem {
  /** Gives the window the focus, or takes it away: the person went to another program. */
  setFocused(isFocused: boolean): Promise<void>
  /** Clicks a notification that is shown, by its title. */
  clickNotification(title: string): Promise<void>
  /** All that was asked of it, in order. */
  asked(): Promise<readonly Asked[]>
}

/** `awake`: a blocker of the machine's sleep was started, or stopped (`type` null); `blockers` are on now. */
export type Asked =
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }
  | { readonly kind: 'progress'; readonly value: number; readonly mode: string }
  | { readonly kind: 'awake'; readonly type: string | null; readonly blockers: number }

export interface Start {
  /** A folder of this test's own. */
  readonly workspace: string
  /** Where the program keeps what it remembers from start to start; also its HOME. */
  readonly dataFolder: string
  /** The process's whole environment, PATH and HOME apart: no key of this machine gets into a test. */
  readonly env: Readonly<Record<string, string>>
}
