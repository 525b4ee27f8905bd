import { expect, it } from 'vitest'
import { workspacePath } from './workspacePath.ts'

it('writes a path within the workspace from its root, on every system', () => {
  expect([
    workspacePath('/home/ann/work/inputs/a', '/home/ann/work'),
    workspacePath('C:\\work\\inputs\\a.csv', 'C:\\work'),
    workspacePath('inputs/a', '/home/ann/work'),
  ]).toEqual(['inputs/a', 'inputs/a.csv', 'inputs/a'])
})

it('leaves a path outside the workspace absolute', () => {
  expect([workspacePath('/home/ann/workshop/a', '/home/ann/work'), workspacePath('/srv/a', null)]).toEqual([
    '/home/ann/workshop/a',
    '/srv/a',
  ])
})
