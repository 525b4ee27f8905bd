import { afterEach, describe, expect, it } from 'vitest'
import type { ResultLine } from '../shared/trace.ts'
import { nextEnd, nextProgress, runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('')

describe('a run that gathers', () => {
  const ASK = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "i{{ item.n }}", retry: { attempts: 1 } }
  batch: { kind: gather, size: 4, after: [ask], value: "{{ ask }}" }
  join: { kind: model, tier: openai, prompt: "g{{ $join(items, ' ') }}", retry: { attempts: 1 } }
output: "{{ join }}"
sink: { jsonl: out.jsonl }
`

  it('that is paused lists each item once, held ones as waiting, and completes when it goes on', async () => {
    const { workspace, provider } = await worlds.world({ 'items.jsonl': numbers(30) }, ({ prompt }) => ({
      text: prompt,
      delayMs: 15,
    }))
    const app = await worlds.app(workspace)
    const ended = nextEnd(app)
    const launched = await app.call('runs.launch', { text: ASK, file: null, options: { concurrency: 3 } })
    const id = launched.ok ? launched.value.run : ''
    await nextProgress(app, ({ summary }) => summary.counts.succeeded >= 4)
    await app.call('runs.pause', { run: id })
    const paused = await ended
    expect(paused.state.status).toBe('paused')
    const { succeeded, failed, waiting } = paused.counts
    expect([succeeded + waiting, failed, succeeded % 4]).toEqual([30, 0, 0])
    const covered = (lines: readonly ResultLine[]) => lines.flatMap(({ members, index }) => members ?? [index])
    const all = Array.from({ length: 30 }, (_, index) => index)
    const before = await workspace.lines('out.jsonl')
    expect(covered(before).sort((a, b) => a - b)).toEqual(all)
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set(['succeeded', 'waiting']))
    const resumed = nextEnd(app)
    await app.call('runs.resume', { run: id })
    expect(await resumed).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 30, waiting: 0 } })
    const after = await workspace.lines('out.jsonl')
    expect(after.map(({ members }) => members)).toEqual(
      Array.from({ length: 8 }, (_, at) => all.slice(at * 4, at * 4 + 4)),
    )
    expect(provider.calls.length).toBe(30 + 8)
  })

  it('asks again for failed items and failed groups; what had come together stays together', async () => {
    let isDown = true
    const { workspace, provider } = await worlds.world({ 'items.jsonl': numbers(9) }, ({ prompt }) => {
      const isBad = prompt === 'i2' || prompt === 'gi5 i6 i7 i8'
      return isDown && isBad ? { status: 400 } : { text: prompt }
    })
    const app = await worlds.app(workspace)
    const first = await runToEnd(app, ASK)
    expect(first.counts).toMatchObject({ succeeded: 4, failed: 5 })
    expect(first.lanes.map(({ counts }) => counts.failed)).toEqual([1, 1])
    isDown = false
    const calls = provider.calls.length
    const ended = nextEnd(app)
    await app.call('runs.retryFailed', { run: first.run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 9, failed: 0 } })
    expect(new Set(provider.calls.slice(calls).map(({ prompt }) => prompt))).toEqual(
      new Set(['i2', 'gi5 i6 i7 i8', 'gi2']),
    )
    expect((await workspace.lines('out.jsonl')).map(({ members }) => members)).toEqual([
      [0, 1, 3, 4],
      [5, 6, 7, 8],
      [2],
    ])
  })

  it('shows its cells lane by lane, and traces an item to its group and a group to its members', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(5) }, ({ prompt }) => ({ text: prompt }))
    const app = await worlds.app(workspace)
    const { run: id } = await runToEnd(app, ASK)
    const cells = await Promise.all(
      [0, 1].map((lane) => app.call('runs.cells', { run: id, lane, from: 0, count: 100 })),
    )
    expect(cells.map((reply) => reply.ok && [reply.value.stages, reply.value.states.length])).toEqual([
      [['ask', 'batch'], 10],
      [['join'], 2],
    ])
    expect(cells.every((reply) => reply.ok && reply.value.states.every((code) => code === 3))).toBe(true)
    const item = await app.call('runs.trace', { run: id, index: 4 })
    expect(item).toMatchObject({ ok: true, value: { lane: 0, status: 'gathered', inGroup: 1, group: null } })
    const group = await app.call('runs.trace', { run: id, lane: 1, index: 0 })
    expect(group).toMatchObject({
      ok: true,
      value: {
        lane: 1,
        status: 'succeeded',
        key: 'group 1',
        item: { items: ['i0', 'i1', 'i2', 'i3'], index: 0, reason: 'size', size: 4 },
        group: { key: null, reason: 'size', members: [0, 1, 2, 3] },
        inGroup: null,
        stages: [{ stage: 'join', state: 'succeeded', prompt: 'gi0 i1 i2 i3' }],
      },
    })
    const found = await app.call('runs.rows', { run: id, lane: 1, indexes: [0, 1] })
    expect(found).toMatchObject({
      ok: true,
      value: [
        { lane: 1, index: 0, members: 4, key: 'group 1' },
        { lane: 1, index: 1, members: 1, key: 'group 2' },
      ],
    })
  })

  it('gives its results as text while it goes on, each once', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(22) }, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt.startsWith('gi0') ? 200 : 5,
    }))
    const app = await worlds.app(workspace)
    for (const unordered of [false, true]) {
      const launched = await app.call('runs.launch', { text: ASK, file: null, options: { memory: false } })
      const lines: ResultLine[] = []
      for await (const text of app.results(launched.ok ? launched.value.run : '', { format: 'jsonl', unordered }))
        for (const line of text.trimEnd().split('\n')) lines.push(JSON.parse(line) as ResultLine)
      const indexes = lines.map(({ index }) => index)
      expect(unordered ? [...indexes].sort((a, b) => a - b) : indexes).toEqual([0, 1, 2, 3, 4, 5])
      expect(indexes[0] === 0).toBe(!unordered)
    }
  })

  it('that is cancelled says so of what was held', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(6) }, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt === 'i5' ? 60_000 : 1,
    }))
    const app = await worlds.app(workspace)
    const ended = nextEnd(app)
    const launched = await app.call('runs.launch', { text: ASK, file: null, options: {} })
    await nextProgress(app, ({ summary }) => summary.counts.succeeded === 4)
    await app.call('runs.cancel', { run: launched.ok ? launched.value.run : '' })
    expect(await ended).toMatchObject({ counts: { succeeded: 4, cancelled: 2, waiting: 0 } })
    expect((await workspace.lines('out.jsonl')).map(({ lane, status }) => [lane, status])).toEqual([
      [1, 'succeeded'],
      [0, 'cancelled'],
      [0, 'cancelled'],
    ])
  })

  it('shares calls before and behind a gather, and sends no call before all have come that can', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(7) })
    // Without tiers of its own it has the simulated ones, which know how to answer many at once.
    await workspace.write('jacquard.yaml', '')
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: local, prompt: "{{ item.n }} is a number", pack: { size: 10 } }
  batch: { kind: gather, size: 3, after: [ask], value: "{{ ask }}" }
  join: { kind: model, tier: local, prompt: "Together: {{ $join(items, ' ') }}", pack: { size: 10 } }
`
    const summary = await runToEnd(app, chain, { concurrency: 2 })
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { waiting: 0, running: 0 } })
    const once = { size: 0, tokens: 0, within: 0, end: 1 }
    expect(summary.packs.map(({ stage, answered, reasons }) => [stage, answered, reasons])).toEqual([
      ['ask', 7, once],
      ['join', 3, once],
    ])
  })
})
