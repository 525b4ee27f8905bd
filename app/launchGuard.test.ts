import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { Json } from '../shared/json.ts'
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
