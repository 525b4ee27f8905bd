import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ShellStateFile } from './shellState.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jacquard-shell-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('remembers each thing apart from the others', () => {
  const window = { bounds: { x: 1, y: 2, width: 1000, height: 700 }, maximised: true }
  const file = new ShellStateFile(join(folder, 'not/there/yet'))
  file.update({ window })
  file.update({ workspace: '/tmp/mine' })
  expect(new ShellStateFile(join(folder, 'not/there/yet')).state).toEqual({ workspace: '/tmp/mine', window })
})

it.each(['', '{"workspace":', '{"workspace":7,"window":null}'])('starts afresh from a damaged file: %j', (text) => {
  writeFileSync(join(folder, 'shell.json'), text)
  expect(new ShellStateFile(folder).state).toEqual({ workspace: null, window: null })
})
