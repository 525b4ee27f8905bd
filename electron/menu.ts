import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../shared/menuCommand.ts'

export interface MenuActions {
  /** Asks the window's page. */
  send(command: MenuCommand): void
  /** In the text field that has the focus, if one has it. */
  undoTyping(): void
  redoTyping(): void
  openDocumentation(): void
}

export interface MenuOptions {
  readonly isMac: boolean
  /** A packed app has no developer's items. */
  readonly isPackaged: boolean
  readonly actions: MenuActions
}

type Item = MenuItemConstructorOptions
const SEPARATOR: Item = { type: 'separator' }

export function menuTemplate({ isMac, isPackaged, actions }: MenuOptions): Item[] {
  const ask = (command: MenuCommand, label: string, accelerator?: string): Item => ({
    id: command,
    label,
    click: () => actions.send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  })

  const file: Item[] = [
    ask('newChain', 'New Chain', 'CmdOrCtrl+N'),
    ask('openWorkspace', 'Open Workspace…', 'CmdOrCtrl+O'),
    SEPARATOR,
    ask('save', 'Save', 'CmdOrCtrl+S'),
    SEPARATOR,
    { role: isMac ? 'close' : 'quit' },
  ]
  // The role alone would undo typing only, and the chain's own steps never: both are told, and one of them has to do.
  const undo: Item = {
    ...ask('undo', 'Undo', 'CmdOrCtrl+Z'),
    click: () => {
      actions.undoTyping()
      actions.send('undo')
    },
  }
  const redo: Item = {
    ...ask('redo', 'Redo', 'Shift+CmdOrCtrl+Z'),
    click: () => {
      actions.redoTyping()
      actions.send('redo')
    },
  }
  const edit: Item[] = [
    undo,
    redo,
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    { role: 'selectAll' },
  ]
  const chain: Item[] = [ask('test', 'Test One Item'), ask('launch', 'Launch…', 'Shift+CmdOrCtrl+Enter')]
  const view: Item[] = [
    {
      label: 'Theme',
      submenu: [ask('themeLight', 'Light'), ask('themeDark', 'Dark'), ask('themeSystem', 'As the System')],
    },
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    { role: 'reload' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ]
  const help: Item[] = [
    { id: 'documentation', label: 'Documentation', click: () => actions.openDocumentation() },
    ...(isMac ? [] : [SEPARATOR, { role: 'about' } as const]),
  ]
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: file },
    { label: 'Edit', submenu: edit },
    { label: 'Chain', submenu: chain },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ]
}
