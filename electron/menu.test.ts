import type { MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import { MENU_COMMANDS } from '../shared/menuCommand.ts'
import { menuTemplate } from './menu.ts'

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}

function aMenu(options: { isMac?: boolean; isPackaged?: boolean } = {}) {
  const done: string[] = []
  const template = menuTemplate({
    isMac: false,
    isPackaged: false,
    ...options,
    actions: {
      send: (command) => done.push(command),
      undoTyping: () => done.push('typing undone'),
      redoTyping: () => done.push('typing redone'),
      openDocumentation: () => done.push('documentation'),
    },
  })
  const all = items(template)
  const click = (id: string) => {
    const run = all.find((item) => item.id === id)?.click as (() => void) | undefined
    run?.()
  }
  return { all, click, done }
}

it('has every command of the contract, and each asks the window for just that', () => {
  for (const command of MENU_COMMANDS) {
    const { click, done } = aMenu()
    click(command)
    expect(done.at(-1)).toBe(command)
  }
})

it('undoes typing and asks the window, which leaves the chain alone while a text field has the focus', () => {
  const { click, done } = aMenu()
  click('undo')
  click('redo')
  expect(done).toEqual(['typing undone', 'undo', 'typing redone', 'redo'])
})

it('gives no key to two items', () => {
  const keys = aMenu().all.flatMap(({ accelerator }) => accelerator ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

it('shows developer’s items in a checkout only', () => {
  const roles = (isPackaged: boolean) => aMenu({ isPackaged }).all.map(({ role }) => role)
  expect(roles(false)).toContain('toggleDevTools')
  expect(roles(true)).not.toContain('toggleDevTools')
})

it('can always be quit, and tells about itself, where each system has it', () => {
  const roles = (isMac: boolean) => aMenu({ isMac }).all.map(({ role }) => role)
  expect(roles(false)).toEqual(expect.arrayContaining(['quit', 'about']))
  expect(roles(true)).toEqual(expect.arrayContaining(['appMenu', 'close']))
})
