/**
 * What the desktop's menu asks of the window; it arrives as `{ kind: 'menu', command }`.
 * `undo` and `redo` mean the chain's: the window leaves them alone while a text field has the focus, whose own typing
 * the menu has undone already.
 */
export const MENU_COMMANDS = [
  'newChain',
  'openWorkspace',
  'save',
  'undo',
  'redo',
  'test',
  'launch',
  'themeLight',
  'themeDark',
  'themeSystem',
] as const

export type MenuCommand = (typeof MENU_COMMANDS)[number]
