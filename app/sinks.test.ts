import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '../shared/run.ts'
import { createApp } from './index.ts'
import { startChild } from './testing/childRun.ts'
import { runToEnd } from './testing/followRun.ts'
import { aWorkspace, type TestWorkspace } from './testing/workspace.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

async function run(files: Record<string, string>, options: LaunchOptions = {}) {
  const workspace = await aWorkspace(files)
  opened.push({ close: () => workspace.remove() })
  return { workspace, summary: await runIn(workspace, options) }
}

async function runIn(workspace: TestWorkspace, options: LaunchOptions = {}) {
  const app = await createApp({ workspace: workspace.folder, host: 'cli', env: {} })
  opened.push(app)
  return runToEnd(app, await workspace.read('chains/a.chain.yaml'), options)
}

async function filesIn(workspace: TestWorkspace, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(workspace.folder, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
}

const chain = (sink: string, stage = `{ kind: transform, value: { length: "{{ $length(item.text) }}" } }`) => ({
  'chains/a.chain.yaml': `jacquard: 1
params: { greeting: Hello }
source: { folder: inputs }
stages:
  look: ${stage}
output: "{{ look }}"
sink: ${sink}
`,
})
const INPUTS = { 'inputs/a.txt': 'one', 'inputs/north/b.md': 'three' }

describe('a sink that is a folder', () => {
  it('gets a file for each item, in the same tree as the source', async () => {
    const { workspace } = await run({ ...chain('{ folder: out }'), ...INPUTS })
    expect(JSON.parse(await workspace.read('out/a.json'))).toEqual({ length: 3 })
    expect(JSON.parse(await workspace.read('out/north/b.json'))).toEqual({ length: 5 })
  })

  it('names and fills its files by templates that see the item, its output and the params of the launch', async () => {
    const sink = `{ folder: out, name: "{{ $uppercase(item.name) }}-{{ index }}.md", body: "{{ params.greeting }} {{ item.text }}, {{ output.length }}" }`
    const { workspace } = await run({ ...chain(sink), ...INPUTS }, { params: { greeting: 'Good day' } })
    expect(await workspace.read('out/A.TXT-0.md')).toBe('Good day one, 3')
    expect(await workspace.read('out/B.MD-1.md')).toBe('Good day three, 5')
  })

  it('leaves no item out where two would have the same name, and none leads out of it', async () => {
    const sink = '{ folder: out, name: "../../same.txt", body: "{{ item.text }}" }'
    const { workspace } = await run({ ...chain(sink), ...INPUTS })
    expect(await filesIn(workspace, 'out')).toEqual(['same-2.txt', 'same.txt'])
  })

  it('has no file of an item that failed, and says which could not be made', async () => {
    const sink = '{ folder: out, body: "{{ output.missing }}!" }'
    const { summary } = await run({ ...chain(sink), ...INPUTS })
    expect(summary.state).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('2 items') } })
    const failing = chain(
      '{ folder: out }',
      `{ kind: transform, value: "{{ item.name = 'a.txt' ? $error('no') : 1 }}" }`,
    )
    const { workspace } = await run({ ...failing, ...INPUTS })
    expect(await filesIn(workspace, 'out')).toEqual(['b.json'])
  })

  it('is checked before anything is run: a template that uses what it cannot see is an error at its line', async () => {
    const files = { ...chain('{ folder: out, name: "{{ look }}" }'), ...INPUTS }
    const workspace = await aWorkspace(files)
    opened.push({ close: () => workspace.remove() })
    const app = await createApp({ workspace: workspace.folder, host: 'cli', env: {} })
    opened.push(app)
    const checked = await app.call('chains.check', { text: files['chains/a.chain.yaml'] })
    expect(checked.ok && checked.value.problems).toMatchObject([{ line: 7, severity: 'error', path: ['sink', 'name'] }])
  })
})

describe('a sink that is one document', () => {
  it('has all items in input order between its header and its footer', async () => {
    const sink = `{ document: out/all.md, header: "# {{ params.greeting }}", body: "{{ key }}: {{ output.length }}", footer: "{{ run.total }} in all" }`
    const { workspace } = await run({ ...chain(sink), ...INPUTS })
    expect(await workspace.read('out/all.md')).toBe('# Hello\n\na.txt: 3\n\nnorth/b.md: 5\n\n2 in all\n')
    expect(await filesIn(workspace, 'out')).toEqual(['all.md'])
  })

  it('is of the groups, where a chain gathers', async () => {
    const files = {
      'chains/a.chain.yaml': `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  parity: { kind: gather, key: "item.n % 2", value: "{{ item.n }}" }
output: "{{ $join(items.($string($)), '+') }}"
sink: { document: out.md, separator: "---\\n" }
`,
      'items.jsonl': [1, 2, 3, 4].map((n) => `{"n":${n}}\n`).join(''),
    }
    const { workspace } = await run(files)
    expect(await workspace.read('out.md')).toBe('1+3\n---\n2+4\n')
  })
})

it('a run that is killed while its results are written is not complete, and writes them when it is resumed', async () => {
  const count = 60_000
  const workspace = await aWorkspace({
    'items.jsonl': Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join(''),
    'c.chain.yaml':
      'jacquard: 1\nsource: { jsonl: items.jsonl }\nstages: { n: { kind: transform, value: "{{ item.n }}" } }\nsink: { jsonl: out/n.jsonl }\n',
  })
  opened.push({ close: () => workspace.remove() })
  await workspace.write('out/n.jsonl', 'old\n')
  const child = await startChild(workspace, ['c.chain.yaml'])
  opened.push(child)
  while ((await filesIn(workspace, 'out')).length < 2) await delay(1)
  child.process.kill('SIGKILL')
  await once(child.process, 'exit')
  expect(await workspace.read('out/n.jsonl')).toBe('old\n')

  const app = await createApp({ workspace: workspace.folder, host: 'cli', env: {} })
  const listed = await app.call('runs.list', { kind: 'batch', limit: 1 })
  expect(listed).toMatchObject({ value: [{ state: { status: 'interrupted' }, counts: { succeeded: count } }] })
  await app.close()
  const resumed = await startChild(workspace, ['--resume', child.run])
  opened.push(resumed)
  expect(await resumed.ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: count } })
  expect((await workspace.lines('out/n.jsonl')).map(({ index }) => index)).toEqual(
    Array.from({ length: count }, (_, n) => n),
  )
}, 60_000)
