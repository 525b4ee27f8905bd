import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { CHAINS, DocumentFolder } from './documentFolder.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})
async function some(files: Record<string, string> = {}): Promise<{ workspace: TestWorkspace; chains: DocumentFolder }> {
  const workspace = await aWorkspace(files)
  opened.push(workspace)
  return { workspace, chains: new DocumentFolder(workspace.folder, CHAINS) }
}
const A = 'chains/a.chain.yaml'

describe('chain files', () => {
  it('are listed by name, and nothing else is', async () => {
    const { chains } = await some({
      'chains/b10.chain.yaml': 'x',
      'chains/b2.chain.yaml': 'y',
      'chains/notes.yaml': 'z',
    })
    expect((await chains.list()).map(({ file }) => file)).toEqual(['chains/b2.chain.yaml', 'chains/b10.chain.yaml'])
    expect(await (await some()).chains.list()).toEqual([])
  })
  it('are written over only by who has seen their latest text', async () => {
    const { chains, workspace } = await some({ [A]: 'one' })
    const read = await chains.read(A)
    const version = read.ok ? read.value.version : ''
    await workspace.write(A, 'by hand')
    expect(await chains.write(A, 'two', version)).toMatchObject({ ok: false, kind: 'conflict' })
    expect(await workspace.read(A)).toBe('by hand')
    const again = await chains.read(A)
    expect(await chains.write(A, 'two', again.ok ? again.value.version : '')).toMatchObject({ ok: true })
    expect(await workspace.read(A)).toBe('two')
  })
  it('get a name of their own from what people call them', async () => {
    const { chains } = await some()
    const files = await Promise.all(['Über uns: Prüfung!', '///'].map((name) => chains.create(name, 'x')))
    expect(files.map((file) => file.ok && file.value.file)).toEqual([
      'chains/uber-uns-prufung.chain.yaml',
      'chains/chain.chain.yaml',
    ])
    expect(await chains.create('chain', 'y')).toMatchObject({ value: { file: 'chains/chain-2.chain.yaml' } })
  })
  it('that are removed can be brought back', async () => {
    const { chains, workspace } = await some({ [A]: 'one' })
    const removed = await chains.remove(A)
    expect(await chains.list()).toEqual([])
    expect(await chains.restore(removed.ok ? removed.value.file : '')).toEqual({ ok: true, value: { file: A } })
    expect(await workspace.read(A)).toBe('one')
  })
  it('that are brought back stand beside what has taken their name meanwhile', async () => {
    const { chains, workspace } = await some({ [A]: 'one' })
    const removed = await chains.remove(A)
    await workspace.write(A, 'another')
    const restored = await chains.restore(removed.ok ? removed.value.file : '')
    expect(restored).toEqual({ ok: true, value: { file: 'chains/a-2.chain.yaml' } })
    expect([await workspace.read(A), await workspace.read('chains/a-2.chain.yaml')]).toEqual(['another', 'one'])
  })
  it('are renamed and copied without writing over another', async () => {
    const { chains } = await some({ [A]: 'one', 'chains/b.chain.yaml': 'two' })
    expect(await chains.rename(A, 'B')).toEqual({ ok: true, value: { file: 'chains/b-2.chain.yaml' } })
    expect(await chains.duplicate('chains/b.chain.yaml')).toMatchObject({ value: { file: 'chains/b-copy.chain.yaml' } })
  })
  it.each([
    '../out.chain.yaml',
    '/etc/x.chain.yaml',
    'chains/../../x.chain.yaml',
    'chains/a.yaml',
    'link/x.chain.yaml',
  ])('cannot be outside the workspace: %s', async (file) => {
    const { chains, workspace } = await some()
    const outside = await aWorkspace({ 'x.chain.yaml': 'secret' })
    opened.push(outside)
    await symlink(outside.folder, join(workspace.folder, 'link'))
    expect(await chains.read(file)).toMatchObject({ ok: false, kind: 'invalid' })
    expect(await chains.write(file, 'x', null)).toMatchObject({ ok: false, kind: 'invalid' })
  })
})
