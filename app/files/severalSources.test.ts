import { afterEach, expect, it } from 'vitest'
import type { Source } from '../../shared/source.ts'
import { countOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const workspaces: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove()
})

const FILES = { 'o.jsonl': '1\n2\n3\n4\n', 'c.csv': 'n\na\nb\n', 'in/x.txt': 'x', 'in/y.txt': 'y', 'in/z.txt': 'z' }
const SOURCE: Source = { orders: { jsonl: 'o.jsonl' }, customers: { csv: 'c.csv' }, notes: { folder: 'in' } }

async function open(source: Source = SOURCE, keys: readonly string[] | null = null) {
  const workspace = await aWorkspace(FILES)
  workspaces.push(workspace)
  return openSource(source, workspace.folder, keys)
}

const KEYS = [
  'orders/1',
  'customers/1',
  'notes/x.txt',
  'orders/2',
  'customers/2',
  'notes/y.txt',
  'orders/3',
  'notes/z.txt',
  'orders/4',
]

it('gives an entry of each source in turn, with the name of its source and a key that holds it', async () => {
  const source = await open()
  const all = await readAll(source)
  expect(all.map(({ index, key, source }) => [index, key, source])).toEqual(
    KEYS.map((key, index) => [index, key, key.split('/')[0]]),
  )
  expect(values(all).slice(0, 2)).toEqual([1, { n: 'a' }])
  expect([await countOf(source), await source.keys(), source.grows]).toEqual([9, KEYS, false])
  expect(source.label).toBe('orders: o.jsonl, customers: c.csv, notes: in')
})

it.each([0, 1, 4, 9])('can be read from index %s on, stored keys or not', async (from) => {
  const workspace = await aWorkspace(FILES)
  workspaces.push(workspace)
  const all = await readAll(await openSource(SOURCE, workspace.folder, null))
  expect(await readAll(await openSource(SOURCE, workspace.folder, null), from)).toEqual(all.slice(from))
  expect(await readAll(await openSource(SOURCE, workspace.folder, KEYS), from)).toEqual(all.slice(from))
})

it('keeps the order of an earlier run, and makes what is gone a failed item', async () => {
  const keys = ['notes/gone.txt', 'customers/1', 'customers/2', 'customers/3', 'orders/1', 'notes/x.txt']
  const all = await readAll(await open(SOURCE, keys))
  expect(all.slice(0, 6).map(({ key }) => key)).toEqual(keys)
  expect(values(all.slice(0, 5))).toEqual([
    expect.stringContaining('no such file'),
    { n: 'a' },
    { n: 'b' },
    'It is no longer in its source.',
    1,
  ])
})

it('gives entries as they arrive where one source grows, and ends when it is finished', async () => {
  const source = await open({ orders: { jsonl: 'o.jsonl' }, notes: { watch: 'in' } })
  expect([source.grows, await countOf(source)]).toEqual([true, null])
  source.finish()
  const keys = (await readAll(source)).map(({ key }) => key)
  expect([...keys].sort()).toEqual(KEYS.filter((key) => !key.startsWith('customers')).sort())
  expect(await source.keys()).toEqual(keys)
  expect((await readAll(source, 2)).map(({ key }) => key)).toEqual(keys.slice(2))
  await source.close()
})

it('says which source cannot be opened', async () => {
  await expect(open({ a: { jsonl: 'o.jsonl' }, b: { csv: 'nope.csv' } })).rejects.toThrow('The source nope.csv')
})
