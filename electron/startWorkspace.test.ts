import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startWorkspace } from './startWorkspace.ts'

let folder: string
let example: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jacquard-start-'))
  example = join(folder, 'resources')
  mkdirSync(join(example, 'chains'), { recursive: true })
  writeFileSync(join(example, 'chains/triage.chain.yaml'), 'jacquard: 1')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('opens what the command line asks for, even where it is not there yet', async () => {
  const asked = join(folder, 'new')
  expect(await startWorkspace({ asked, last: folder, example, exampleCopy: null })).toBe(asked)
})

it('opens the last workspace, and the examples where that is gone', async () => {
  const last = join(folder, 'mine')
  expect(await startWorkspace({ asked: null, last, example, exampleCopy: null })).toBe(example)
  mkdirSync(last)
  expect(await startWorkspace({ asked: null, last, example, exampleCopy: null })).toBe(last)
})

it('copies the examples once, and never over what a person made of them', async () => {
  const exampleCopy = join(folder, 'Documents/Jacquard')
  const choice = { asked: null, last: null, example, exampleCopy }
  expect(await startWorkspace(choice)).toBe(exampleCopy)
  const chain = join(exampleCopy, 'chains/triage.chain.yaml')
  expect(existsSync(chain)).toBe(true)
  writeFileSync(chain, 'mine')
  await startWorkspace(choice)
  expect(readFileSync(chain, 'utf8')).toBe('mine')
})
