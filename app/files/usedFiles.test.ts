import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { MOST_BYTES, usedFiles } from './usedFiles.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})
async function some(files: Record<string, string>): Promise<TestWorkspace> {
  const workspace = await aWorkspace(files)
  opened.push(workspace)
  return workspace
}

describe('a file that a chain uses', () => {
  it('is read in whatever encoding it has', async () => {
    const workspace = await some({ 'kb/a.md': '\uFEFFhé' })
    await workspace.write('kb/b.md', Uint8Array.from([0x68, 0xe9]))
    const files = usedFiles(workspace.folder)
    expect(await files.text('kb/a.md')).toEqual({ ok: true, value: 'hé' })
    expect(await files.knowledge('kb/b.md')).toEqual({ ok: true, value: 'hé' })
  })

  it('must be there, be text, and be of a size that fits into a call', async () => {
    const workspace = await some({ 'kb/big.md': 'x'.repeat(MOST_BYTES + 1) })
    await workspace.write('kb/a.bin', Uint8Array.from([0, 1, 2]))
    const files = usedFiles(workspace.folder)
    expect(await files.knowledge('kb/none.md')).toMatchObject({ ok: false, kind: 'not_found' })
    expect(await files.knowledge('kb/big.md')).toMatchObject({ ok: false, message: 'It is larger than 1 MB.' })
    expect(await files.knowledge('kb/a.bin')).toMatchObject({ ok: false, message: 'It is not a text file.' })
  })

  it.each(['../secret.md', 'link/secret.md'])('does not leave the workspace: %s', async (path) => {
    const [workspace, outside] = [await some({}), await some({ 'secret.md': 'secret' })]
    await symlink(outside.folder, join(workspace.folder, 'link'))
    expect(await usedFiles(workspace.folder).text(path)).toMatchObject({ ok: false, kind: 'invalid' })
  })

  it('may be named by an absolute path', async () => {
    const [workspace, outside] = [await some({}), await some({ 'a.md': 'a' })]
    expect(await usedFiles(workspace.folder).text(join(outside.folder, 'a.md'))).toEqual({ ok: true, value: 'a' })
  })
})

describe('a knowledge folder', () => {
  it('is the text files in it and below, by their paths, each under its own', async () => {
    const workspace = await some({
      'kb/b.md': 'B\n',
      'kb/a/z.txt': 'Z',
      'kb/a.yaml': 'a: 1',
      'kb/picture.png': 'x',
      'kb/.siloignore': '',
    })
    expect(await usedFiles(workspace.folder).knowledge('kb/')).toEqual({
      ok: true,
      value: '## a.yaml\n\na: 1\n\n## a/z.txt\n\nZ\n\n## b.md\n\nB',
    })
  })

  it('passes over what .siloignore names', async () => {
    const workspace = await some({
      'kb/.siloignore': '# not these\n*.csv\ndraft/\nnotes-?.md\n[xy].txt\n[odd\n[z-a].txt\n',
      ...Object.fromEntries(
        ['a.csv', 'sub/b.csv', 'draft/c.md', 'sub/draft/c.md', 'notes-1.md', 'notes-10.md', 'x.txt', 'z.txt'].map(
          (name) => [`kb/${name}`, name],
        ),
      ),
    })
    const read = await usedFiles(workspace.folder).knowledge('kb')
    expect(read.ok && read.value.match(/^## .*$/gm)).toEqual(['## notes-10.md', '## z.txt'])
  })

  it('follows no link, and says where nothing is left or it is too much', async () => {
    const workspace = await some({ 'kb/a.png': 'x', 'big/a.md': 'x'.repeat(MOST_BYTES), 'big/b.md': 'x' })
    await symlink(join(workspace.folder, 'big/b.md'), join(workspace.folder, 'kb/b.md'))
    const files = usedFiles(workspace.folder)
    expect(await files.knowledge('kb/')).toMatchObject({ ok: false, message: expect.stringContaining('no text file') })
    expect(await files.knowledge('big/')).toMatchObject({
      ok: false,
      message: expect.stringContaining('1 MB together'),
    })
  })
})
