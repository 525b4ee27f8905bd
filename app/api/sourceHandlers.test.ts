import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Source } from '../../shared/source.ts'
import { workspaceFiles } from '../files/listFolder.ts'
import { openSource } from '../files/openSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { sourceHandlers } from './sourceHandlers.ts'

const workspaces: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove()
})

async function handlers(files: Record<string, string>) {
  const workspace = await aWorkspace(files)
  workspaces.push(workspace)
  const { folder } = workspace
  const made = sourceHandlers({
    files: workspaceFiles(folder),
    openSource: (source) => openSource(source, folder, null),
  })
  const preview = async (source: Source, limit = 10) => {
    const outcome = await made['source.preview']({ source, limit })
    if (!outcome.ok) throw new Error(outcome.error.message)
    return outcome.value
  }
  return { folder, preview, item: made['source.item'] }
}

it('a preview shows the first items, how many there are, their fields and one in full', async () => {
  const { preview } = await handlers({ 'a.csv': 'name,age\nAda,36\nBob,\nEve,3\n' })
  expect(await preview({ csv: 'a.csv' }, 2)).toEqual({
    label: 'a.csv',
    total: 3,
    items: [
      { index: 0, key: '1', bytes: null, preview: 'Ada · 36', problem: null },
      { index: 1, key: '2', bytes: null, preview: 'Bob ·', problem: null },
    ],
    fields: ['name', 'age'],
    sample: { name: 'Ada', age: '36' },
  })
})

it('a preview says what is wrong with an item, and shows what an image is', async () => {
  const { folder, preview } = await handlers({ 'in/a.pdf': 'no PDF', 'in/b.txt': 'two\n  words' })
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGNgYPgPQwgWADXUBfutNqZUAAAAAElFTkSuQmCC'
  await writeFile(join(folder, 'in/c.png'), Buffer.from(png, 'base64'))
  const { items } = await preview({ folder: 'in' })
  expect(items.map(({ preview, problem }) => problem ?? preview)).toEqual([
    expect.stringContaining('It cannot be read as a PDF'),
    'two words',
    expect.stringContaining('c.png'),
  ])
})

it('a preview of a source that grows shows what is there and waits for nothing more', async () => {
  const { preview, item } = await handlers({ 'in/a.txt': 'a', 'o.jsonl': '1\n2\n' })
  expect(await preview({ watch: 'in' })).toMatchObject({ total: null, items: [{ key: 'a.txt', preview: 'a' }] })
  const several = await preview({ notes: { watch: 'in' }, orders: { jsonl: 'o.jsonl' } })
  expect(several.items.map(({ key }) => key).sort()).toEqual(['notes/a.txt', 'orders/1', 'orders/2'])
  expect(await item({ source: { watch: 'in' }, index: 1 })).toMatchObject({ ok: false, error: { kind: 'not_found' } })
})

it('a source that cannot be read is refused with the reason', async () => {
  const { item } = await handlers({})
  expect(await item({ source: { json: 'nope.json' }, index: 0 })).toEqual({
    ok: false,
    error: { kind: 'files', message: 'The source nope.json cannot be read. There is no such file or folder.' },
  })
})
