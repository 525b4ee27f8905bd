import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { Json } from '../shared/json.ts'
import type { App } from './index.ts'
import { nextEnd, runToEnd } from './testing/followRun.ts'
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

async function previewed(app: App, text: string) {
  const reply = await app.call('runs.preview', { what: { kind: 'launch', text, options: {} } })
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value
}

describe('memory', () => {
  it('answers the same work without a call, and tells what it saved', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 20) })
    const app = await worlds.app(workspace)
    expect(await previewed(app, CHAIN())).toMatchObject({ items: 20, calls: 40, remembered: 0, isExact: false })
    const first = await runToEnd(app, CHAIN())
    expect(first).toMatchObject({ calls: 40, remembered: 0, savedMicros: 0, unaccounted: 0 })
    expect(await previewed(app, CHAIN())).toMatchObject({ calls: 0, remembered: 40, savedMicros: 800, isExact: true })
    const again = await runToEnd(app, CHAIN())
    expect(again).toMatchObject({
      calls: 0,
      remembered: 40,
      costMicros: 0,
      savedMicros: 800,
      counts: { succeeded: 20 },
    })
    expect(provider.calls).toHaveLength(40)
    const [line] = await workspace.lines('out.jsonl')
    expect(line).toMatchObject({
      costUsd: 0,
      savedUsd: 0.00004,
      stages: { ask: { remembered: true, costUsd: 0.00002 } },
    })
    const trace = await app.call('runs.trace', { run: again.run, index: 0 })
    expect(trace).toMatchObject({
      ok: true,
      value: {
        costMicros: 0,
        savedMicros: 40,
        stages: [
          { state: 'remembered', prompt: 'ask 0', attempts: [{ purpose: 'remembered', rememberedFrom: first.run }] },
          {},
        ],
      },
    })
  })

  it('pays only for what is new: more items, another prompt', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10) })
    const app = await worlds.app(workspace)
    await runToEnd(app, CHAIN())
    await workspace.write('items.jsonl', lines(0, 15))
    expect(await runToEnd(app, CHAIN())).toMatchObject({ calls: 10, remembered: 20 })
    expect(await runToEnd(app, CHAIN('', 'do ask {{ item.n }}'))).toMatchObject({ calls: 30 })
    expect(await runToEnd(app, CHAIN(', maxTokens: 900'))).toMatchObject({ calls: 0, remembered: 30 })
    // Its answers had five tokens.
    expect(await runToEnd(app, CHAIN(', maxTokens: 3'))).toMatchObject({ calls: 15, remembered: 15 })
    expect(await runToEnd(app, CHAIN(', temperature: 0.5'))).toMatchObject({ calls: 15, remembered: 15 })
    expect(provider.calls).toHaveLength(20 + 10 + 30 + 15 + 15)
  })

  it('asks equal items once, also at the same time, and each for itself where it is off', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 8, () => 'same') }, ({ prompt }) => ({
      text: prompt,
      delayMs: 20,
    }))
    const app = await worlds.app(workspace)
    expect(await runToEnd(app, CHAIN())).toMatchObject({ calls: 2, remembered: 14, counts: { succeeded: 8 } })
    expect(await runToEnd(app, CHAIN(), { memory: false })).toMatchObject({ calls: 16, remembered: 0 })
    expect(provider.calls).toHaveLength(18)
  })

  it('has answers that were repaired, and no failures', async () => {
    const schema = ', output: { type: object, required: [a], properties: { a: { type: number } } }'
    const chain = CHAIN(schema).replace(/ {2}tell.*\n/, '')
    const tries = new Map<string, number>()
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 3) }, ({ prompt, body }) => {
      const asked = JSON.stringify(body.messages)
      const item = /ask (\d)/.exec(asked)?.[1] ?? ''
      tries.set(item, (tries.get(item) ?? 0) + 1)
      if (item === '0') return { status: 422 }
      return { text: item === '1' && prompt === 'ask 1' ? '{"a":"x"}' : '{"a":1}' }
    })
    const app = await worlds.app(workspace)
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 4, counts: { succeeded: 2, failed: 1 } })
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 1, remembered: 2, counts: { succeeded: 2, failed: 1 } })
    expect(provider.calls).toHaveLength(5)
  })

  it('knows shared calls, and takes what was answered alone in their place', async () => {
    const packed =
      'jacquard: 1\nsource: { jsonl: items.jsonl }\nstages:\n  ask: { kind: model, tier: local, prompt: "About {{ item.n }}", pack: { size: 5 } }\n'
    const { workspace } = await worlds.world({ 'items.jsonl': lines(0, 10) })
    await workspace.write('jacquard.yaml', '')
    const app = await worlds.app(workspace)
    expect(await runToEnd(app, packed)).toMatchObject({ calls: 2, counts: { succeeded: 10 } })
    expect(await runToEnd(app, packed)).toMatchObject({ calls: 0, remembered: 10, counts: { succeeded: 10 } })
    const alone = packed.replace(', pack: { size: 5 }', '')
    expect(await runToEnd(app, alone)).toMatchObject({ calls: 10, remembered: 0 })
  })
})

describe('a run that is changed', () => {
  const failing = (prompt: string) => /ask (3|7)$/.test(prompt)

  it('asks again what is different, and leaves old results until new ones are there', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10) })
    const app = await worlds.app(workspace)
    const { run } = await runToEnd(app, CHAIN())
    const text = CHAIN().replace('"tell {{', '"say {{')
    const change = { scope: { kind: 'all' as const }, text }
    const preview = await app.call('runs.preview', { what: { kind: 'change', run, change } })
    expect(preview).toMatchObject({ ok: true, value: { items: 10, calls: 10, remembered: 10 } })
    const ended = nextEnd(app)
    expect(await app.call('runs.change', { run, change })).toEqual({ ok: true, value: null })
    expect(await ended).toMatchObject({
      state: { status: 'completed' },
      revision: 1,
      calls: 30,
      counts: { succeeded: 10 },
    })
    expect(provider.calls).toHaveLength(30)
    expect((await workspace.lines('out.jsonl')).map(({ output, revision }) => [output, revision])[0]).toEqual([
      { tell: 'SAY ASK 0' },
      1,
    ])
    const revisions = await app.call('runs.revisions', { run })
    expect(revisions).toMatchObject({ ok: true, value: [{ items: 0 }, { revision: 1, stages: ['tell'], items: 10 }] })
  })

  it('goes on with the new one where it is changed in the middle; calls in flight are kept', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 30) }, ({ prompt }) => ({
      text: prompt,
      delayMs: 20,
    }))
    const app = await worlds.app(workspace)
    const launched = await app.call('runs.launch', { text: CHAIN(), file: null, options: { concurrency: 2 } })
    const run = launched.ok ? launched.value.run : ''
    while (provider.answered.length < 12) await new Promise((resolve) => setTimeout(resolve, 5))
    const text = CHAIN().replace('"tell {{', '"say {{')
    await app.call('runs.change', { run, change: { scope: { kind: 'rest' }, text } })
    expect(await nextEnd(app)).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 30 } })
    const told = (await workspace.lines('out.jsonl')).map(({ output, revision }) => [
      JSON.stringify(output),
      revision ?? 0,
    ])
    expect(told.every(([output, revision]) => String(output).includes(revision === 1 ? 'say' : 'tell'))).toBe(true)
    expect(new Set(told.map(([, revision]) => revision))).toEqual(new Set([0, 1]))
    // The first stage of no item was asked twice.
    const asked = provider.calls.filter(({ prompt }) => prompt.startsWith('ask')).map(({ prompt }) => prompt)
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('asks for the failed ones of one cause alone, with a fix', async () => {
    let isWell = false
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10) }, ({ prompt }) => {
      if (prompt === 'ask 5') return { status: 422 }
      return failing(prompt) && !isWell ? { text: 'half', stop: 'length' } : { text: prompt }
    })
    const app = await worlds.app(workspace)
    const { run, counts } = await runToEnd(app, CHAIN(', maxTokens: 50'))
    expect(counts).toMatchObject({ succeeded: 7, failed: 3 })
    const causes = await app.call('runs.failures', { run })
    if (!causes.ok) throw new Error(causes.error.message)
    const [cut, other] = causes.value
    expect(cut).toMatchObject({ count: 2, stage: 'ask', kind: 'too_long', indexes: [3, 7], fix: { kind: 'change' } })
    expect(other).toMatchObject({ count: 1, kind: 'provider' })
    isWell = true
    const before = provider.calls.length
    const hasTried = nextEnd(app)
    const tried = await app.call('runs.tryChange', { run, indexes: [3], stages: cut?.fix.stages ?? {} })
    expect(tried.ok).toBe(true)
    expect(await hasTried).toMatchObject({ kind: 'test', counts: { succeeded: 1 } })
    const ended = nextEnd(app)
    await app.call('runs.change', {
      run,
      change: { scope: { kind: 'items', lane: 0, causes: [cut?.cause ?? ''] }, stages: cut?.fix.stages ?? {} },
    })
    expect((await ended).counts).toMatchObject({ succeeded: 9, failed: 1 })
    const again = provider.calls.slice(before).map(({ prompt }) => prompt)
    expect(again.filter((prompt) => prompt.startsWith('ask')).sort()).toEqual(['ask 3', 'ask 7'])
    expect(await workspace.lines('out.jsonl')).toMatchObject([
      {},
      {},
      {},
      { revision: 1 },
      {},
      { status: 'failed' },
      {},
      { revision: 1 },
      {},
      {},
    ])
  })

  it('is refused, and goes on untouched, where the stages are others', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': lines(0, 3) })
    const app = await worlds.app(workspace)
    const { run } = await runToEnd(app, CHAIN())
    const text = CHAIN().replace('sink:', '  more: { kind: transform, value: 1 }\nsink:')
    const reply = await app.call('runs.change', { run, change: { scope: { kind: 'all' }, text } })
    expect(reply).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
  })
})

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
    expect(provider.calls.length).toBeLessThanOrEqual(20)
    const without = await runToEnd(app, CHAIN(), { canary: 0 })
    expect(without.state).toMatchObject({ reason: { kind: 'tripwire', tripped: { wire: 'sameError' } } })
    expect(provider.calls.length).toBeLessThanOrEqual(60)
  })

  it('lets a wrong key cost a handful of calls', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 10_000) }, () => ({ status: 401 }))
    const app = await worlds.app(workspace)
    expect(await runToEnd(app, CHAIN())).toMatchObject({ state: { status: 'paused', reason: { kind: 'auth' } } })
    expect(provider.calls.length).toBeLessThanOrEqual(12)
  })

  it('never overshoots the budget, though every answer is as long as it may be', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': lines(0, 400) }, ({ prompt, body }) => {
      const most = Number(body.max_completion_tokens ?? body.max_tokens ?? 100_000)
      return { text: prompt, delayMs: 2, usage: { input: 10, output: most } }
    })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, CHAIN(), { concurrency: 64, budgetUsd: 1 })
    expect(summary.state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(summary.costMicros).toBeLessThanOrEqual(1_000_000)
    expect(summary.costMicros).toBeGreaterThan(900_000)
    expect(provider.calls.length).toBeGreaterThan(10)
  })

  it('counts calls whose answers never came as perhaps billed', async () => {
    const chain = CHAIN(', timeout: 0.05, retry: { attempts: 1 }')
    const { workspace } = await worlds.world({ 'items.jsonl': lines(0, 2) }, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt === 'ask 0' ? 500 : 0,
    }))
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, chain, { budgetUsd: 1 })
    expect(summary.counts).toMatchObject({ succeeded: 1, failed: 1 })
    expect(summary.uncertainMicros).toBeGreaterThan(8192)
    expect(summary.costMicros).toBe(40)
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
})
