import { appendFile, mkdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { ItemSource, SourceEntry } from '../ports/source.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const workspaces: TestWorkspace[] = []
const sources: ItemSource[] = []
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close()
  for (const workspace of workspaces.splice(0)) await workspace.remove()
})

async function open(files: Record<string, string>, keys: readonly string[] | null = null) {
  const workspace = await aWorkspace(files)
  workspaces.push(workspace)
  await mkdir(join(workspace.folder, 'in'), { recursive: true })
  const source = await openSource({ watch: 'in' }, workspace.folder, keys)
  sources.push(source)
  return { workspace, source }
}

/** The entries one by one, as they come. */
async function* each(source: ItemSource, from = 0, signal = new AbortController().signal): AsyncGenerator<SourceEntry> {
  for await (const entries of source.entries(from, signal)) yield* entries
}
const rest = async (entries: AsyncGenerator<SourceEntry>) => {
  const keys: string[] = []
  for await (const { key } of entries) keys.push(key)
  return keys
}

it('gives the files that are there, then those that come, until it is finished', async () => {
  const { workspace, source } = await open({ 'in/b.txt': 'b', 'in/a.txt': 'a' })
  expect([source.grows, await source.count(new AbortController().signal)]).toEqual([true, null])
  const entries = each(source)
  const first = [await entries.next(), await entries.next()]
  expect(first.map(({ value }) => value?.key)).toEqual(['a.txt', 'b.txt'])
  await workspace.write('in/sub/0.txt', 'later')
  const later: SourceEntry | undefined = (await entries.next()).value
  expect([later?.index, later?.key]).toEqual([2, 'sub/0.txt'])
  expect(await later?.load()).toMatchObject({ ok: true, value: { text: 'later', folder: 'sub' } })
  expect(await source.keys()).toEqual(['a.txt', 'b.txt', 'sub/0.txt'])
  await workspace.write('in/last.txt', 'last')
  source.finish()
  expect(await rest(entries)).toEqual(['last.txt'])
})

it('takes a file when it is no longer being written', async () => {
  const { workspace, source } = await open({})
  const entries = each(source)
  const next = entries.next()
  await workspace.write('in/a.txt', '0')
  let isDone = false
  const writing = (async () => {
    for (let part = 1; part <= 8; part++) {
      await new Promise((resolve) => setTimeout(resolve, 120))
      await appendFile(join(workspace.folder, 'in/a.txt'), String(part))
    }
    isDone = true
  })()
  const entry: SourceEntry | undefined = (await next).value
  expect(isDone).toBe(true)
  expect(await entry?.load()).toMatchObject({ ok: true, value: { text: '012345678' } })
  await writing
})

it('of a resumed run begins with the files that came before, in their order', async () => {
  const { workspace, source } = await open({ 'in/a.txt': 'a', 'in/b.txt': 'b', 'in/c.txt': 'c' }, ['c.txt', 'gone.txt'])
  for (const name of ['a', 'b', 'c']) await utimes(join(workspace.folder, `in/${name}.txt`), 1e9, 1e9)
  source.finish()
  expect(await rest(each(source))).toEqual(['c.txt', 'gone.txt', 'a.txt', 'b.txt'])
  const again: string[] = []
  for await (const { index, key } of each(source, 3)) again.push(`${index} ${key}`)
  expect(again).toEqual(['3 b.txt'])
})

it('ends at once when it is told to', async () => {
  const { source } = await open({})
  const stop = new AbortController()
  const entries = rest(each(source, 0, stop.signal))
  setTimeout(() => stop.abort(), 50)
  expect(await entries).toEqual([])
})
