import { expect, it } from 'vitest'
import { workspacePath } from './workspacePath.ts'

it('writes a path within the workspace from its root, on every system', () => {
  expect([
    workspacePath('/home/ann/cases/inputs/a', '/home/ann/cases'),
    workspacePath('C:\\work\\inputs\\a.csv', 'C:\\work'),
    workspacePath('inputs/a', '/home/ann/cases'),
  ]).toEqual(['inputs/a', 'inputs/a.csv', 'inputs/a'])
})

it('leaves a path outside the workspace absolute', () => {
  expect([workspacePath('/home/ann/casesshop/a', '/home/ann/cases'), workspacePath('/srv/a', null)]).toEqual([
    '/home/ann/casesshop/a',
    '/srv/a',
  ])
})
