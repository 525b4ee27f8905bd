import type { ReactNode } from 'react'
import { useViewStore } from '../../stores/viewStore.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { Banners } from './Banners.tsx'
import classes from './Frame.module.css'
import { ShortcutsSheet } from './ShortcutsSheet.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TitleBar } from './TitleBar.tsx'
import { useGlobalKeys } from './useGlobalKeys.ts'
import { useMenuCommands } from './useMenuCommands.ts'
import { usePageNotices } from './usePageNotices.ts'

interface FrameProps {
  readonly children: ReactNode
  /** What can be opened from every screen. */
  readonly dialogs: ReactNode
}

/** What stands around every screen: title bar, banners, status bar, and the keys that always work. */
export function Frame({ children, dialogs }: FrameProps) {
  const screen = useViewStore((state) => state.screen)
  useGlobalKeys()
  useMenuCommands()
  usePageNotices()
  return (
    <div className={classes.root}>
      <TitleBar />
      <Banners />
      <main className={classes.screen} data-screen={screen}>
        <ErrorBoundary key={screen}>{children}</ErrorBoundary>
      </main>
      <StatusBar />
      <ErrorBoundary>
        {dialogs}
        <ShortcutsSheet />
      </ErrorBoundary>
    </div>
  )
}
