import { answerTest } from './link.ts'
import { checkKeys, onlyKnown } from './onlyKnown.ts'

interface Item {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly submenu?: readonly Item[]
  readonly click?: () => void
}

const KEYS = ['id', 'label', 'role', 'type', 'submenu', 'click', 'accelerator']
const ROLES =
  'about appMenu close copy cut delete help paste quit reload resetZoom selectAll toggleDevTools togglefullscreen windowMenu zoomIn zoomOut'.split(
    ' ',
  )

/** What Electron would make a menu of; it throws on what Electron would not. */
class BuiltMenu {
  readonly items: readonly Item[]
  constructor(items: readonly Item[]) {
    this.items = items.flatMap((item) => {
      checkKeys('keys of a menu item', item, KEYS)
      if (item.role !== undefined && !ROLES.includes(item.role)) throw new Error(`There is no menu role ${item.role}.`)
      if (item.role === undefined && item.label === undefined && item.type !== 'separator')
        throw new Error('A menu item needs a label, a role or a type.')
      return [item, ...(item.submenu === undefined ? [] : new BuiltMenu(item.submenu).items)]
    })
  }
}

let shown: BuiltMenu | null = null

answerTest('clickMenu', (id: string) => {
  const item = shown?.items.find((one) => one.id === id)
  if (item?.click === undefined) throw new Error(`The menu has no item ${id}.`)
  item.click()
})

export const Menu = onlyKnown('Menu', {
  buildFromTemplate: (template: readonly Item[]) => new BuiltMenu(template),
  setApplicationMenu: (menu: BuiltMenu) => {
    shown = menu
  },
})
