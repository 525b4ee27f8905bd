import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { removeLeftDrafts, writeAtomic } from './writeAtomic.ts'

let workspace: TestWorkspace
beforeEach(async () => {
  workspace = await aWorkspace({ 'a.txt': 'before' })
})
afterEach(() => workspace.remove())

async function* parts(count: number, end?: Error): AsyncGenerator<string> {
  for (let n = 0; n < count; n++) yield `${n}\n`
  if (end !== undefined) throw end
}

it('replaces a file, by a text or by parts as they come, and leaves nothing beside it', async () => {
  const file = join(workspace.folder, 'a.txt')
  await writeAtomic(file, 'Grüße')
  expect(await workspace.read('a.txt')).toBe('Grüße')
  await writeAtomic(file, parts(3))
  expect(await workspace.read('a.txt')).toBe('0\n1\n2\n')
  expect(readdirSync(workspace.folder)).toEqual(['a.txt'])
})

it('leaves the file as it was where writing it fails', async () => {
  await expect(writeAtomic(join(workspace.folder, 'a.txt'), parts(3, new Error('No more.')))).rejects.toThrow(
    'No more.',
  )
  expect(await workspace.read('a.txt')).toBe('before')
  expect(readdirSync(workspace.folder)).toEqual(['a.txt'])
  await expect(writeAtomic(join(workspace.folder, 'none', 'a.txt'), 'x')).rejects.toThrow('ENOENT')
})

it('keeps the text of whoever came last, in the order of their coming', async () => {
  const file = join(workspace.folder, 'a.txt')
  await Promise.all([
    writeAtomic(file, parts(2000)),
    writeAtomic(file, parts(1, new Error('Broken.'))).catch(() => undefined),
    writeAtomic(file, 'last'),
  ])
  expect(await workspace.read('a.txt')).toBe('last')
})

it.skipIf(process.platform === 'win32')('follows a link and keeps the mode', async () => {
  const [file, link] = [join(workspace.folder, 'a.txt'), join(workspace.folder, 'link')]
  chmodSync(file, 0o640)
  symlinkSync('a.txt', link)
  await writeAtomic(link, 'through it')
  expect(await workspace.read('a.txt')).toBe('through it')
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

it('takes away old drafts of that very file only', async () => {
  const uuid = '2b0d7c0e-97f1-4b0f-9d5c-3f1f0a3c5e11'
  const old = [`.a.txt.${uuid}.tmp`, `.b.txt.${uuid}.tmp`, '.a.txt.mine.tmp']
  for (const name of old) {
    await workspace.write(name, 'x')
    utimesSync(join(workspace.folder, name), 0, 0)
  }
  await workspace.write(`.a.txt.${uuid.replace('2', '3')}.tmp`, 'in the middle of it')
  await removeLeftDrafts(join(workspace.folder, 'a.txt'))
  expect(readdirSync(workspace.folder).sort()).toEqual(
    [`.a.txt.${uuid.replace('2', '3')}.tmp`, '.a.txt.mine.tmp', `.b.txt.${uuid}.tmp`, 'a.txt'].sort(),
  )
})
