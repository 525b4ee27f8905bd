import { useChainStore } from './chainStore.ts'
import { SCREENS, useViewStore } from './viewStore.ts'

/** What the application's menu (electron/menu.ts) asks of the window. */
export function runMenuCommand(command: string): void {
  const screen = SCREENS.find((screen) => screen === command)
  if (screen !== undefined) useViewStore.getState().go(screen)
  else MENU_COMMANDS[command]?.()
}

const MENU_COMMANDS: Readonly<Record<string, () => void>> = {
  undo: () => useChainStore.getState().undo(),
  redo: () => useChainStore.getState().redo(),
  save: () => void useChainStore.getState().flush(),
  shortcuts: () => useViewStore.getState().showShortcuts(true),
}
