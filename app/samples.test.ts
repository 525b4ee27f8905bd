import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Sample } from '../shared/sample.ts'
import type { TriedCell } from '../shared/triedCell.ts'
import { chainHandlers } from './api/chainHandlers.ts'
import { openSession } from './openSession.ts'
import { called } from './testing/called.ts'
import { runToEnd } from './testing/followRun.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const FILES = Object.fromEntries(
  Array.from({ length: 30 }, (_, n) => [`inputs/${String(n).padStart(2, '0')}.txt`, 'Dear all. '.repeat(n + 1)]),
)
const CHAIN = `jacquard: 1
source: { folder: inputs }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.bytes }}" }
  second: { kind: model, tier: anthropic, prompt: "second {{ first }}" }
  third: { kind: model, tier: openai, prompt: "third {{ second }}" }
`

async function session(
  answer: (call: ProviderCall) => ProviderAnswer = ({ prompt }) => ({ text: prompt }),
  files = FILES,
) {
  const { provider, workspace } = await worlds.world({ ...files, 'chains/one.chain.yaml': CHAIN }, answer)
  const opened = await openSession({
    workspace: workspace.folder,
    host: 'browser',
    version: '0',
    env: { TEST_KEY: 'k' },
    shell: null,
    recent: [],
    tiers: [],
    emit: () => undefined,
  })
  worlds.add(opened)
  return { provider, ...opened.session }
}
const request = (more: object = {}) => ({
  text: CHAIN,
  file: 'chains/one.chain.yaml',
  items: [
    { index: 2, key: '02.txt' },
    { index: 7, key: '07.txt' },
  ],
  variants: [{ name: 'as-drawn' }, { name: 'ollama', tier: 'ollama' }],
  stage: null,
  repeats: 1,
  memory: true,
  ...more,
})
const quiet = () => ({ signal: new AbortController().signal, onCell: () => undefined })
const cellsOf = (result: { ok: boolean; value?: readonly TriedCell[] }) => result.value ?? []

describe('a sample', () => {
  it('is chosen without a call, kept beside the chain, and read again', async () => {
    const { provider, workspace } = await worlds.world({ ...FILES, 'chains/one.chain.yaml': CHAIN })
    const app = await worlds.app(workspace)
    const file = 'chains/one.chain.yaml'
    const { sample, total } = await called(app, 'sample.propose', { text: CHAIN, file, size: 5 })
    expect(total).toBe(30)
    expect(sample.items.map(({ key, reason }) => [key, reason])).toEqual([
      ['00.txt', 'smallest'],
      ['07.txt', 'quantile'],
      ['15.txt', 'quantile'],
      ['22.txt', 'quantile'],
      ['29.txt', 'largest'],
    ])
    expect(await called(app, 'sample.read', { file })).toBeNull()
    await called(app, 'sample.write', { file, sample })
    expect(await called(app, 'sample.read', { file })).toEqual(sample)
    const fewer: Sample = { items: sample.items.slice(1) }
    await called(app, 'sample.write', { file, sample: fewer })
    expect(await called(app, 'sample.read', { file })).toEqual(fewer)
    expect(provider.calls).toEqual([])
  })
  it('has nothing in it that cannot be read', async () => {
    const { workspace } = await worlds.world({ ...FILES, 'inputs/empty.txt': '', 'chains/one.chain.yaml': CHAIN })
    const app = await worlds.app(workspace)
    const { sample } = await called(app, 'sample.propose', { text: CHAIN, file: null, size: 5 })
    expect(sample.items.map(({ key }) => key)).toContain('00.txt')
    expect(sample.items.map(({ key }) => key)).not.toContain('empty.txt')
  })
  it('has what failed in the last run of its chain', async () => {
    const { workspace } = await worlds.world({ ...FILES, 'chains/one.chain.yaml': CHAIN }, ({ prompt }) =>
      prompt.startsWith('first 120') ? { status: 422 } : { text: prompt },
    )
    const app = await worlds.app(workspace)
    const file = 'chains/one.chain.yaml'
    await runToEnd(app, CHAIN, { file })
    const { sample } = await called(app, 'sample.propose', { text: CHAIN, file, size: 5 })
    expect(sample.items.filter(({ reason }) => reason === 'failed').map(({ key }) => key)).toEqual(['11.txt'])
  })
  it('goes where its chain goes, with what is recorded of it', async () => {
    const { chains, records, runs, ...opened } = await session()
    const { workspace } = opened.info()
    const handlers = chainHandlers({ ...opened, chains, records, runs }, () => {
      throw new Error('No models here.')
    })
    const file = 'chains/one.chain.yaml'
    const there = (name: string) => existsSync(join(workspace.path, `chains/${name}.sample.yaml`))
    writeFileSync(join(workspace.path, 'chains/one.sample.yaml'), 'items: []\n')
    records.put('vote', file, { id: 'a', body: 1 })
    await handlers['chains.duplicate']({ file })
    expect([there('one'), there('one-copy')]).toEqual([true, true])
    await handlers['chains.rename']({ file, name: 'Two' })
    expect([there('one'), there('two')]).toEqual([false, true])
    expect(records.list('vote', 'chains/two.chain.yaml')).toHaveLength(1)
    const removed = await handlers['chains.remove']({ file: 'chains/two.chain.yaml' })
    expect(there('two')).toBe(false)
    if (removed.ok) await handlers['chains.restore'](removed.value)
    expect(there('two')).toBe(true)
  })
  it('that cannot be read says where', async () => {
    const { workspace } = await worlds.world({
      'chains/one.chain.yaml': CHAIN,
      'chains/one.sample.yaml': 'items:\n  - { index: 1, key: a, bytes: 3, reason: nice }\n',
    })
    const app = await worlds.app(workspace)
    const reply = await app.call('sample.read', { file: 'chains/one.chain.yaml' })
    expect(reply).toMatchObject({ ok: false, error: { message: expect.stringMatching(/chains\/one\.sample\.yaml:2/) } })
  })
})

describe('items in several variants', () => {
  it('are tried each in each, and a launch after them does not pay again', async () => {
    const { provider, sampleRuns, runs } = await session()
    const seen: string[] = []
    const result = await sampleRuns.try(request(), {
      signal: new AbortController().signal,
      onCell: ({ item, variant, status }) => seen.push(`${item.key} ${variant} ${status}`),
    })
    const cells = cellsOf(result)
    expect(cells.map(({ item, variant, status }) => [item.key, variant, status])).toEqual([
      ['02.txt', 'as-drawn', 'succeeded'],
      ['02.txt', 'ollama', 'succeeded'],
      ['07.txt', 'as-drawn', 'succeeded'],
      ['07.txt', 'ollama', 'succeeded'],
    ])
    expect(cells[0]).toMatchObject({
      output: { third: 'third second first 30' },
      attempts: 3,
      isValid: true,
      remembered: false,
      usage: { inputTokens: 30, outputTokens: 15 },
      costMicros: 60,
      stages: { second: { tier: 'anthropic', questions: 1, attempts: 1, costMicros: 20, output: 'second first 30' } },
    })
    expect(Object.values(cells[1]?.stages ?? {}).map(({ tier }) => tier)).toEqual(['ollama', 'ollama', 'ollama'])
    expect(seen.filter((line) => line.endsWith('running'))).toHaveLength(4)
    expect(provider.calls).toHaveLength(12)

    const again = cellsOf(await sampleRuns.try(request(), quiet()))
    expect(again.map(({ remembered, costMicros }) => [remembered, costMicros])).toEqual(cells.map(() => [true, 60]))
    expect(provider.calls).toHaveLength(12)
    const launched = await runs.preview({ kind: 'launch', text: CHAIN, options: {} })
    expect(launched).toMatchObject({ ok: true, value: { items: 30, remembered: 6 } })
  })
  it('are tried up to one stage, whose output it is; the price is said before', async () => {
    const { provider, sampleRuns } = await session()
    expect(await sampleRuns.preview(request({ stage: 'second' }))).toMatchObject({
      ok: true,
      value: { calls: 8, remembered: 0 },
    })
    const cells = cellsOf(await sampleRuns.try(request({ stage: 'second' }), quiet()))
    expect(cells[0]?.output).toBe('second first 30')
    expect(provider.calls).toHaveLength(8)
    expect(await sampleRuns.preview(request({ stage: 'second' }))).toMatchObject({ value: { calls: 0, remembered: 8 } })
  })
  it('are asked anew where they are to be repeated', async () => {
    const { provider, sampleRuns } = await session()
    const one = { stage: 'first', variants: [{ name: 'as-drawn' }], items: [{ index: 0, key: '00.txt' }] }
    const cells = cellsOf(await sampleRuns.try(request({ ...one, repeats: 3 }), quiet()))
    expect(cells.map(({ repeat, remembered }) => [repeat, remembered])).toEqual([
      [0, false],
      [1, false],
      [2, false],
    ])
    expect(provider.calls).toHaveLength(3)
  })
  it('fail cell by cell, and one that cannot be started says why', async () => {
    const { sampleRuns } = await session(({ protocol, prompt }) =>
      protocol === 'ollama' ? { status: 422, error: 'no' } : { text: prompt },
    )
    const variants = [{ name: 'as-drawn' }, { name: 'ollama', tier: 'ollama' }, { name: 'none', tier: 'none' }]
    const cells = cellsOf(await sampleRuns.try(request({ variants }), quiet()))
    expect(cells.map(({ variant, status }) => `${variant} ${status}`)).toEqual([
      ...['as-drawn succeeded', 'ollama failed', 'none failed'],
      ...['as-drawn succeeded', 'ollama failed', 'none failed'],
    ])
    expect(cells[1]).toMatchObject({ error: { stage: 'first' }, isValid: false })
    expect(cells[2]?.error?.message).toContain('none')
  })
  it('stop where a person stops them, and keep what is done', async () => {
    const { sampleRuns, provider } = await session(({ prompt }) => ({ text: prompt, delayMs: 200 }))
    const stop = new AbortController()
    const trying = sampleRuns.try(request({ concurrency: 1, stage: 'first' }), {
      signal: stop.signal,
      onCell: ({ status }) => (status === 'succeeded' ? stop.abort() : undefined),
    })
    expect(cellsOf(await trying)).toHaveLength(1)
    expect(provider.calls.length).toBeLessThan(4)
  })
  it('of a source that has changed are named', async () => {
    const { sampleRuns } = await session()
    const gone = await sampleRuns.try(request({ items: [{ index: 99, key: '99.txt' }] }), quiet())
    expect(gone).toMatchObject({ ok: false, error: { message: 'The source has no item 99.txt any more.' } })
  })
})

it('records are kept for their owner, oldest first, and outlive the program', async () => {
  const { records, info } = await session()
  records.put('vote', 'chains/one.chain.yaml', { id: 'b', body: { n: 1 } })
  records.put('vote', 'chains/one.chain.yaml', { id: 'a', body: { n: 2 } })
  records.put('vote', 'chains/two.chain.yaml', { id: 'a', body: { n: 3 } })
  records.put('vote', 'chains/one.chain.yaml', { id: 'b', body: { n: 4 } })
  records.remove('vote', 'chains/two.chain.yaml', 'a')
  const { openRecordStore } = await import('./storage/sqliteRecordStore.ts')
  const again = openRecordStore(join(info().workspace.path, '.jacquard/records.db'), () => 0)
  worlds.add({ close: () => Promise.resolve(again.close()) })
  expect(again.list('vote', 'chains/one.chain.yaml').map(({ body }) => body)).toEqual(
    expect.arrayContaining([{ n: 4 }, { n: 2 }]),
  )
  expect(again.list('vote', 'chains/two.chain.yaml')).toEqual([])
})
