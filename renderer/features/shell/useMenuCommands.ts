import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import type { MenuCommand } from '../../../shared/menuCommand.ts'
import { host } from '../../lib/host.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { documentOnScreen } from '../../stores/documentOnScreen.ts'
import { useViewStore } from '../../stores/viewStore.ts'

/** What the desktop's menu asks of the window. */
export function useMenuCommands(): void {
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => {
    const commands: Record<MenuCommand, () => void> = {
      newChain: () => useViewStore.getState().showDialog('newChain'),
      openWorkspace: () => useViewStore.getState().showDialog('openWorkspace'),
      save: () => documentOnScreen().save(),
      undo: () => isTyping() || documentOnScreen().undo(),
      redo: () => isTyping() || documentOnScreen().redo(),
      test: () => openWithChain('test'),
      launch: () => openWithChain('launch'),
      themeLight: () => setColorScheme('light'),
      themeDark: () => setColorScheme('dark'),
      themeSystem: () => setColorScheme('auto'),
    }
    return host.listen((event) => {
      if (event.kind === 'menu') commands[event.command]()
    })
  }, [setColorScheme])
}

function openWithChain(screen: 'test' | 'launch'): void {
  useViewStore.getState().go(useChainStore.getState().file === null ? 'home' : screen)
}

function isTyping(): boolean {
  const element = document.activeElement
  return (
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))
  )
}
