import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { startChild } from './testing/childRun.ts'
import { nextEnd, nextProgress, runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'
import type { TestWorkspace } from './testing/workspace.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('')

const ASK = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "i{{ item.n }}" }
  batch: { kind: gather, size: 4, after: [ask], value: "{{ ask }}" }
  join: { kind: model, tier: openai, prompt: "g {{ $join(items, ' ') }}" }
output: "{{ join }}"
sink: { jsonl: out.jsonl }
`

describe('a run that gathers', () => {
  it('and is killed three times loses no member, doubles none, and leaves sealed groups as they were', async () => {
    const { provider, workspace } = await worlds.world(
      { 'items.jsonl': numbers(90), 'c.chain.yaml': ASK },
      ({ prompt }) => ({ text: prompt, delayMs: 10 + (prompt.length % 3) * 10 }),
    )
    let child = await startChild(workspace, ['c.chain.yaml'])
    worlds.add(child)
    const { run } = child
    for (const calls of [30, 60, 95]) {
      while (provider.answered.length < calls) await delay(5)
      child.process.kill('SIGKILL')
      await once(child.process, 'exit')
      const before = sealed(workspace)
      child = await startChild(workspace, ['--resume', run])
      worlds.add(child)
      expect(sealed(workspace).slice(0, before.length)).toEqual(before)
    }
    const summary = await child.ended
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 90, waiting: 0 } })
    expect(summary.lanes[0]?.gather).toMatchObject({ groups: { size: 22, within: 0, end: 1 }, members: 90, waiting: 0 })
    const lines = await workspace.lines('out.jsonl')
    const all = Array.from({ length: 90 }, (_, index) => index)
    const groups = Array.from({ length: 23 }, (_, at) => all.slice(at * 4, at * 4 + 4))
    expect(lines.map(({ members }) => members)).toEqual(groups)
    expect(lines.map(({ output }) => output)).toEqual(groups.map((group) => `g ${group.map((n) => `i${n}`).join(' ')}`))
  }, 60_000)

  it('tells what it came to when its process has died', async () => {
    const { provider, workspace } = await worlds.world(
      { 'items.jsonl': numbers(10), 'c.chain.yaml': ASK },
      ({ prompt }) => ({ text: prompt, delayMs: ['i9', 'g i4 i5 i6 i7'].includes(prompt) ? 60_000 : 1 }),
    )
    const child = await startChild(workspace, ['c.chain.yaml'])
    worlds.add(child)
    while (provider.answered.length < 10) await delay(5)
    await delay(200)
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    const app = await worlds.app(workspace)
    const found = await app.call('runs.get', { run: child.run })
    expect(found).toMatchObject({
      ok: true,
      value: {
        summary: {
          state: { status: 'interrupted' },
          items: 10,
          counts: { succeeded: 4, waiting: 6, running: 0 },
          calls: 12,
          lanes: [
            {
              counts: { succeeded: 9, waiting: 1 },
              gather: { groups: { size: 2, within: 0, end: 0 }, members: 8, waiting: 1, filtered: 0, unmatched: 0 },
            },
            { items: 2, counts: { succeeded: 1, waiting: 1 } },
          ],
        },
        progress: {
          stageCounts: [
            { succeeded: 9, waiting: 1 },
            { succeeded: 8, held: 1, waiting: 1 },
            { succeeded: 1, waiting: 1 },
          ],
        },
      },
    })
  }, 30_000)
})

it('starts no further item while very many wait for an early one, and goes on when it is done', async () => {
  const { workspace } = await worlds.world({ 'items.jsonl': numbers(14_000) }, () => ({ text: 'late', delayMs: 3000 }))
  const app = await worlds.app(workspace)
  let most = 0
  const stop = app.listen((event) => {
    if (event.kind !== 'runProgress') return
    most = Math.max(most, event.progress.summary.lanes[0]?.gather?.waiting ?? 0)
  })
  const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  slow: { kind: model, tier: openai, when: item.n = 0, prompt: "wait" }
  n: { kind: transform, value: "{{ item.n }}" }
  batch: { kind: gather, size: 1000, after: [slow, n], value: "{{ n }}" }
output: "{{ $sum(items) }}"
sink: { jsonl: out.jsonl }
`
  const summary = await runToEnd(app, chain)
  stop()
  expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 14_000 } })
  // What was on its way to disk when the bound was reached comes on top.
  expect(most).toBeLessThan(12_500)
  const sums = (await workspace.lines('out.jsonl')).map(({ output }) => output)
  expect(sums).toEqual(Array.from({ length: 14 }, (_, at) => at * 1_000_000 + 499_500))
}, 30_000)

describe('a run over a folder that grows', () => {
  const WATCH = `jacquard: 1
source: { watch: inbox }
stages:
  shout: { kind: transform, value: "{{ $uppercase(item.text) }}" }
  batch: { kind: gather, size: 3, within: 0.5, after: [shout], value: "{{ shout }}" }
output: "{{ items }}"
sink: { jsonl: out.jsonl }
`

  it('releases groups while it is quiet, and ends when it is told to finish', async () => {
    const { workspace } = await worlds.world({ 'inbox/a.txt': 'a', 'inbox/b.txt': 'b' })
    const app = await worlds.app(workspace)
    const ended = nextEnd(app)
    const launched = await app.call('runs.launch', { text: WATCH, file: null, options: {} })
    const run = launched.ok ? launched.value.run : ''
    const first = await nextProgress(app, ({ summary }) => summary.counts.succeeded === 2)
    expect(first.summary).toMatchObject({ items: null, grows: true, state: { status: 'running' } })
    expect(first.summary.lanes[0]?.gather?.groups).toEqual({ size: 0, within: 1, end: 0 })
    for (const name of ['c', 'd', 'e', 'f']) await workspace.write(`inbox/${name}.txt`, name)
    await nextProgress(app, ({ summary }) => summary.counts.succeeded >= 5)
    expect(await app.call('runs.finish', { run })).toMatchObject({ ok: true })
    expect(await ended).toMatchObject({
      state: { status: 'completed' },
      items: 6,
      counts: { succeeded: 6, waiting: 0 },
    })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.flatMap(({ output }) => output as string[]).sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
  }, 20_000)

  it('goes on after a pause with what has come since, and has each item once', async () => {
    const { workspace } = await worlds.world({ 'inbox/a.txt': 'a', 'inbox/b.txt': 'b' })
    const app = await worlds.app(workspace)
    const chain = WATCH.replace(', within: 0.5', '')
    const launched = await app.call('runs.launch', { text: chain, file: null, options: {} })
    const run = launched.ok ? launched.value.run : ''
    await nextProgress(app, ({ summary }) => summary.lanes[0]?.gather?.waiting === 2)
    const paused = nextEnd(app)
    await app.call('runs.pause', { run })
    expect(await paused).toMatchObject({ state: { status: 'paused' }, counts: { waiting: 2 } })
    expect((await workspace.lines('out.jsonl')).map(({ key, status }) => [key, status])).toEqual([
      ['a.txt', 'waiting'],
      ['b.txt', 'waiting'],
    ])
    await workspace.write('inbox/c.txt', 'c')
    const ended = nextEnd(app)
    await app.call('runs.resume', { run })
    await nextProgress(app, ({ summary }) => summary.counts.succeeded === 3)
    await app.call('runs.finish', { run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, items: 3, counts: { succeeded: 3 } })
    expect((await workspace.lines('out.jsonl')).map(({ members, output }) => [members, output])).toEqual([
      [
        [0, 1, 2],
        ['A', 'B', 'C'],
      ],
    ])
  }, 20_000)
})

describe('a run whose items ask for the one before', () => {
  const CHAIN = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  sum: { kind: model, tier: openai, prompt: "{{ (run.previous ?: 0) + item.n }}" }
output: "{{ $number(sum) }}"
sink: { jsonl: out.jsonl }
`

  it('takes one after the other, and goes on with the last output after a pause', async () => {
    const { workspace, provider } = await worlds.world({ 'items.jsonl': numbers(12) }, ({ prompt }) => ({
      text: prompt,
      delayMs: 10,
    }))
    const app = await worlds.app(workspace)
    const paused = nextEnd(app)
    const launched = await app.call('runs.launch', { text: CHAIN, file: null, options: { concurrency: 8 } })
    const run = launched.ok ? launched.value.run : ''
    await nextProgress(app, ({ summary }) => summary.counts.succeeded > 2)
    await app.call('runs.pause', { run })
    await paused
    const ended = nextEnd(app)
    await app.call('runs.resume', { run })
    expect((await ended).counts.succeeded).toBe(12)
    expect(provider.mostOpen).toBe(1)
    const sums = [0, 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66]
    expect((await workspace.lines('out.jsonl')).map(({ output }) => output)).toEqual(sums)
    expect(await app.call('runs.trace', { run, index: 5 })).toMatchObject({
      ok: true,
      value: { stages: [{ prompt: '15', state: 'succeeded' }] },
    })
  })

  it('knows the start of the run and no item before the first', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(2) })
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  seen: { kind: transform, value: { previous: "{{ run.previous.n }}", n: "{{ item.n }}", at: "{{ run.startedAt }}" } }
output: "{{ seen }}"
sink: { jsonl: out.jsonl }
`
    const { startedAt } = await runToEnd(app, chain)
    expect((await workspace.lines('out.jsonl')).map(({ output }) => output)).toEqual([
      { previous: null, n: 0, at: startedAt },
      { previous: 0, n: 1, at: startedAt },
    ])
  })
})

/** The groups that are on disk. */
function sealed(workspace: TestWorkspace): readonly unknown[] {
  const database = new DatabaseSync(join(workspace.folder, '.jacquard/jacquard.db'))
  const rows = database.prepare('select idx, key, reason, hex(members) as members from groups order by idx').all()
  database.close()
  return rows
}
