import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { Json } from '../shared/json.ts'
import type { TripwireName } from '../shared/tripwires.ts'
import { json, startAnsweringServer } from './testing/answeringServer.ts'
import { called } from './testing/called.ts'
import { endOf, nextEnd, nextEndOf, progressOf, runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const lines = (from: number, to: number, value: (n: number) => Json = (n) => n) =>
  Array.from({ length: to - from }, (_, at) => `${JSON.stringify({ n: value(from + at) })}\n`).join('')

const CHAIN = (more = '', prompt = 'ask {{ item.n }}') => `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "${prompt}"${more} }
  tell: { kind: model, tier: anthropic, prompt: "tell {{ ask }}" }
sink: { jsonl: out.jsonl }
`

describe('what guards a launch', () => {
  it('is a canary that goes first: smallest, largest, and between', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 200) })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, CHAIN(), { concurrency: 4 })
    expect(summary).toMatchObject({ canary: { items: 12, done: 12, status: 'passed' }, counts: { succeeded: 200 } })
    const first = provider.calls.slice(0, 24).map(({ prompt }) => Number(/\d+/.exec(prompt)?.[0]))
    expect(new Set(first).size).toBe(12)
    expect([Math.min(...first), Math.max(...first)]).toEqual([0, 199])
  })

  it('lets a prompt that never works cost a handful of calls', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10_000) }, () => ({ status: 422 }))
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, CHAIN())
    expect(summary).toMatchObject({ state: { status: 'paused', reason: { kind: 'tripwire' } } })
    expect(provider.calls).toHaveLength(12)
    const without = await runToEnd(app, CHAIN(), { canary: 0 })
    expect(without.state).toMatchObject({ reason: { kind: 'tripwire', tripped: { wire: 'sameError' } } })
    // Ten in a row, and what was in flight beside them.
    expect(provider.calls.length).toBeLessThanOrEqual(12 + 10 + 7)
  })

  it('lets a wrong key cost a handful of calls', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10_000) }, () => ({ status: 401 }))
    const app = await worlds.app(workspace)
    expect(await runToEnd(app, CHAIN())).toMatchObject({ state: { status: 'paused', reason: { kind: 'auth' } } })
    expect(provider.calls.length).toBeLessThanOrEqual(12)
  })

  it('makes no call at all where there is no model, and goes on when it is; what memory answers needs no model', async () => {
    let isThere = false
    const server = await startAnsweringServer((response, { path, body }) => {
      const chat = { message: { role: 'assistant', content: 'yes' }, done: true, prompt_eval_count: 5, eval_count: 1 }
      const listed = { models: isThere ? [{ model: 'tiny' }] : [] }
      json(200, path === '/api/chat' ? { model: 'tiny', ...chat } : listed)(response, { path, headers: {}, body })
    })
    worlds.add(server)
    const { workspace } = await worlds.world({
      'items.jsonl': lines(0, 30),
      'jacquard.yaml': `tiers: { near: { backend: ollama, model: first-listed, baseUrl: "${server.url}" } }`,
    })
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: near, prompt: "ask {{ item.n }}" }
`
    const { run, state } = await runToEnd(app, chain)
    expect(state).toMatchObject({ status: 'paused', reason: { kind: 'backend' } })
    expect(state).toMatchObject({ reason: { message: expect.stringMatching(/^Tier near: .*No call was made/) } })
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/tags'])

    isThere = true
    const ended = nextEndOf(app, run)
    await called(app, 'runs.resume', { run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 30 } })
    isThere = false
    const before = server.seen.length
    expect(await runToEnd(await worlds.app(workspace), chain)).toMatchObject({
      counts: { succeeded: 30 },
      remembered: 30,
    })
    expect(server.seen.length).toBe(before)
  })

  it('is no complete run where a result is missing on disk; resuming has it run', async () => {
    let database = ''
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 5) }, ({ prompt }) => {
      if (prompt === 'ask 4' && provider.calls.length < 12) {
        const file = new DatabaseSync(database)
        file.exec('pragma busy_timeout = 5000; delete from items where idx = 1')
        file.close()
      }
      return { text: prompt, delayMs: 60 }
    })
    database = join(workspace.folder, '.jacquard/jacquard.db')
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, CHAIN(), { concurrency: 1 })
    expect(summary).toMatchObject({ state: { status: 'paused', reason: { kind: 'ledger' } }, unaccounted: 1 })
    const ended = nextEnd(app)
    await app.call('runs.resume', { run: summary.run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, unaccounted: 0, counts: { succeeded: 5 } })
    expect(provider.calls).toHaveLength(10)
  })

  it('resumes as it is where a person says so, with what tripped it switched off', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 120) }, () => ({ status: 422 }))
    const app = await worlds.app(workspace)
    const { run, state } = await runToEnd(app, CHAIN(), { concurrency: 2, canary: 0 })
    expect(state).toMatchObject({ reason: { kind: 'tripwire', tripped: { wire: 'sameError' } } })
    const tripped = state.status === 'paused' ? (state.reason.tripped?.items ?? []) : []
    expect(tripped.length).toBeGreaterThan(0)
    const failed = await called(app, 'runs.rows', { run, indexes: tripped.map(({ index }) => index) })
    expect(failed.map(({ status }) => status)).toEqual(tripped.map(() => 'failed'))
    expect(provider.calls.length).toBeLessThanOrEqual(10 + 1)
    const resumed = async (ignore: TripwireName) => {
      const end = nextEndOf(app, run)
      await called(app, 'runs.resume', { run, ignore })
      return end
    }
    const again = await resumed('sameError')
    expect(again).toMatchObject({ state: { status: 'paused', reason: { tripped: { wire: 'errorShare' } } } })
    expect(again.tripwires.sameError).toBeUndefined()
    expect(await resumed('errorShare')).toMatchObject({ state: { status: 'completed' }, counts: { failed: 120 } })
    // What is off stays off, in another process too.
    await worlds.closeNow(app)
    const { summary } = await called(await worlds.app(workspace), 'runs.get', { run })
    expect(Object.keys(summary.tripwires).sort()).toEqual(['costFactor', 'invalidShare'])
  })

  it('does not take the price of answers from memory for what an item costs', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': lines(0, 120) }, ({ prompt }) => ({
      text: prompt,
      usage: { input: 10, output: prompt.startsWith('ask') ? 500 : 5 },
    }))
    const app = await worlds.app(workspace)
    await runToEnd(app, CHAIN(), { limit: 25 })
    // The second stage is asked anew of all of them, the dear first one only of those that are new.
    const summary = await runToEnd(app, CHAIN().replace('tell {{', 'say {{'), { concurrency: 2, canary: 0 })
    expect(summary).toMatchObject({ state: { status: 'completed' }, remembered: 25 })
    // What a person expects one to cost is another matter.
    const options = { tripwires: { costFactor: 1.5 }, expectedItemUsd: 0.0001, concurrency: 2, canary: 0 }
    const dear = await runToEnd(app, CHAIN().replace('ask {{', 'ask: {{'), options)
    expect(dear.state).toMatchObject({ reason: { kind: 'tripwire', tripped: { wire: 'costFactor' } } })
  })
})

describe('the canary', () => {
  it('has the smallest and the largest of 600 files, and is asked before any other', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 600 }, (_, n) => [
        `inputs/${String(n).padStart(3, '0')}.txt`,
        `${n} `.padEnd(10 + ((n * 7) % 600), 'x'),
      ]),
    )
    // Slow enough at first for the canary to be seen.
    const { provider, workspace } = await worlds.world(files, ({ prompt }) => ({
      text: prompt.toUpperCase(),
      delayMs: provider.calls.length <= 24 ? 120 : 0,
    }))
    const app = await worlds.app(workspace)
    const chain = CHAIN('', '{{ item.text }}').replace('jsonl: items.jsonl', 'folder: inputs')
    const { run } = await called(app, 'runs.launch', { text: chain, file: null, options: { output: null } })
    const meanwhile = await progressOf(app, run, ({ summary }) => summary.canary?.status === 'running')
    expect(meanwhile.limits).toMatchObject({ kind: 'canary' })
    expect((await endOf(app, run)).canary).toEqual({ items: 12, done: 12, status: 'passed' })
    const asked = provider.calls.filter(({ protocol }) => protocol === 'openai').map(({ prompt }) => prompt.length)
    const [first, rest] = [asked.slice(0, 12), asked.slice(12)]
    expect(rest).toHaveLength(588)
    expect([Math.min(...first), Math.max(...first)]).toEqual([Math.min(...asked), Math.max(...asked)])
    // Its last item is done before the first of the others begins.
    const told = provider.calls.slice(0, 24).filter(({ protocol }) => protocol === 'anthropic')
    expect(told).toHaveLength(12)
  })

  it('goes before 10,000 items of a file also where 64 are asked at once', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10_000) }, () => ({ status: 422 }))
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, CHAIN(), { concurrency: 64 })
    expect(summary).toMatchObject({ state: { status: 'paused' }, canary: { items: 12 }, counts: { waiting: 9988 } })
    expect(provider.calls).toHaveLength(12)
  })

  it('that was not done when the run was paused goes first when it goes on, and then the rest', async () => {
    let isKeyGood = false
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 200) }, ({ prompt }) =>
      isKeyGood || /^(ask|tell ask) 0$/.test(prompt) ? { text: prompt } : { status: 401, delayMs: 30 },
    )
    const app = await worlds.app(workspace)
    const { run, canary } = await runToEnd(app, CHAIN(), { concurrency: 4 })
    expect(canary).toMatchObject({ items: 12, status: 'running' })
    isKeyGood = true
    const before = provider.calls.length
    const end = nextEndOf(app, run)
    await called(app, 'runs.resume', { run })
    expect(await end).toMatchObject({
      state: { status: 'completed' },
      counts: { succeeded: 200 },
      canary: { items: 12, done: 12, status: 'passed' },
    })
    const asked = provider.calls.slice(before).map(({ prompt }) => Number(/\d+/.exec(prompt)?.[0]))
    const open = 12 - (canary?.done ?? 0)
    expect(new Set(asked.slice(0, 2 * open)).size).toBe(open)
    expect(Math.max(...asked.slice(0, 2 * open))).toBe(199)
  })

  it('that failed stops the run, which then goes on as it is or with a better prompt', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 200) }, ({ prompt }) =>
      prompt.startsWith('bad') ? { status: 422 } : { text: prompt },
    )
    const app = await worlds.app(workspace)
    const options = { concurrency: 4, tripwires: { sameError: null } }
    const { run, state, canary } = await runToEnd(app, CHAIN('', 'bad {{ item.n }}'), options)
    expect(state).toMatchObject({ reason: { kind: 'tripwire', tripped: { wire: 'errorShare' } } })
    expect([canary, provider.calls.length]).toEqual([{ items: 12, done: 12, status: 'stopped' }, 12])
    const end = nextEndOf(app, run)
    const change = { scope: { kind: 'failed' as const }, text: CHAIN() }
    await called(app, 'runs.change', { run, change })
    expect(await end).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 200 } })
    expect(provider.calls).toHaveLength(12 + 400)
  })
})

describe('items that are to go first', () => {
  it('start next, in the order named', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`inputs/${String(n).padStart(2, '0')}.txt`, String(n)]),
    )
    const { provider, workspace } = await worlds.world(files, ({ prompt }) => ({ text: prompt, delayMs: 10 }))
    const app = await worlds.app(workspace)
    const chain = CHAIN('', '{{ item.text }}').replace('jsonl: items.jsonl', 'folder: inputs')
    const options = { concurrency: 1, canary: 0 }
    const { run } = await called(app, 'runs.launch', { text: chain, file: null, options })
    await progressOf(app, run, ({ summary }) => summary.counts.succeeded >= 3)
    await called(app, 'runs.first', { run, indexes: [30, 25, 39] })
    await called(app, 'runs.first', { run, indexes: [35, 30, 0, 99] })
    expect(await endOf(app, run)).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 40 } })
    const asked = provider.calls.filter(({ protocol }) => protocol === 'openai').map(({ prompt }) => Number(prompt))
    const at = asked.indexOf(35)
    expect(asked.slice(at, at + 4)).toEqual([35, 30, 25, 39])
    expect(at).toBeLessThan(10)
    expect(asked.filter((n) => ![25, 30, 35, 39].includes(n))).toEqual(
      Array.from({ length: 40 }, (_, n) => n).filter((n) => ![25, 30, 35, 39].includes(n)),
    )
    const unknown = await app.call('runs.first', { run: 'nobody', indexes: [3] })
    expect(unknown).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
    expect((await workspace.lines('out.jsonl')).map(({ index }) => index)).toEqual(
      Array.from({ length: 40 }, (_, n) => n),
    )
  })
})
