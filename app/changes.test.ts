import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunSummary } from '../shared/run.ts'
import type { RunChange } from '../shared/runChange.ts'
import type { App } from './index.ts'
import { called } from './testing/called.ts'
import { startChild } from './testing/childRun.ts'
import { endOf, nextEndOf, progressOf, runToEnd } from './testing/followRun.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds, type World } from './testing/runWorld.ts'
import { storedQuestions } from './testing/storedQuestions.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

/** `first` → `second` → `third`, and `aside` that builds on nothing. What `second` asks begins with `how`. */
function aChain(how = 'old'): string {
  const stage = (id: string, prompt: string) =>
    `  ${id}: { kind: model, tier: openai, prompt: "${prompt}", retry: { attempts: 1 } }\n`
  return `jacquard: 1
source: { jsonl: items.jsonl }
stages:
${stage('first', 'first {{ item.n }}')}${stage('second', `${how} {{ first }}`)}${stage('third', 'third {{ second }}')}${stage('aside', 'aside {{ item.n }}')}output: "{{ third }}"
sink: { jsonl: out.jsonl }
`
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('')

interface Changing extends World {
  readonly app: App
  /** Prompts of the calls since this was asked last, without the item. */
  newPrompts(): readonly string[]
  /** Changes a run and waits until it has stopped. */
  change(run: string, change: RunChange, budgetUsd?: number): Promise<RunSummary>
}

async function aWorld(count: number, answer?: (call: ProviderCall) => ProviderAnswer): Promise<Changing> {
  const echo = ({ prompt }: ProviderCall) => ({ text: prompt })
  const world = await worlds.world({ 'items.jsonl': numbers(count) }, answer ?? echo)
  const app = await worlds.app(world.workspace)
  let seen = 0
  return {
    ...world,
    app,
    newPrompts: () => {
      const prompts = world.provider.calls.slice(seen).map(({ prompt }) => prompt)
      seen = world.provider.calls.length
      return prompts
    },
    change: async (run, change, budgetUsd) => {
      await called(app, 'runs.change', { run, change, ...(budgetUsd !== undefined && { budgetUsd }) })
      return endOf(app, run)
    },
  }
}

const shown = (how: string, n: number) => `third ${how} first ${n}`

describe('a change of a run', () => {
  it('for what failed asks the changed stage and those behind it, and of the failed items only', async () => {
    const { app, change, newPrompts, workspace } = await aWorld(10, ({ prompt }) =>
      /^old.*[37]$/.test(prompt) ? { status: 400 } : { text: prompt },
    )
    const { run, counts } = await runToEnd(app, aChain())
    expect(counts).toMatchObject({ succeeded: 8, failed: 2 })
    newPrompts()
    const summary = await change(run, { scope: { kind: 'failed' }, text: aChain('new') })
    expect([...newPrompts()].sort()).toEqual([3, 7].flatMap((n) => [`new first ${n}`, `third new first ${n}`]).sort())
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 10, failed: 0 }, revision: 1 })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual(
      Array.from({ length: 10 }, (_, n) => shown(n === 3 || n === 7 ? 'new' : 'old', n)),
    )
    expect(lines.map(({ revision }) => revision ?? 0)).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
  })

  it('for the rest, while it goes on, leaves what is finished and mixes nothing', async () => {
    const { app, newPrompts, workspace } = await aWorld(100, ({ prompt }) => ({ text: prompt, delayMs: 10 }))
    const { run } = await called(app, 'runs.launch', { text: aChain(), file: null, options: { concurrency: 6 } })
    await progressOf(app, run, ({ summary }) => summary.counts.succeeded >= 10)
    await called(app, 'runs.change', { run, change: { scope: { kind: 'rest' }, text: aChain('new') } })
    const summary = await endOf(app, run)
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 100 }, revision: 1 })
    const lines = await workspace.lines('out.jsonl')
    const revisions = lines.map(({ revision = 0 }) => revision)
    expect(lines.map(({ output }) => output)).toEqual(
      revisions.map((revision, n) => shown(revision === 1 ? 'new' : 'old', n)),
    )
    const old = revisions.filter((revision) => revision === 0).length
    expect(old).toBeGreaterThanOrEqual(10)
    expect(old).toBeLessThan(100)
    const prompts = newPrompts()
    // What the change does not reach is asked once, whatever was in the middle.
    for (const kept of ['first', 'aside']) expect(prompts.filter((prompt) => prompt.startsWith(kept))).toHaveLength(100)
    expect(prompts.filter((prompt) => prompt.startsWith('new'))).toHaveLength(100 - old)
    expect(new Set(prompts).size).toBe(prompts.length)
    const { length: ends } = await called(app, 'runs.revisions', { run })
    expect(ends).toBe(2)
  })

  it('for all asks every item again where it is different, and old results stand until new ones are there', async () => {
    const { app, newPrompts, workspace } = await aWorld(6, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt.startsWith('third new') ? 1200 : 0,
    }))
    const { run } = await runToEnd(app, aChain())
    newPrompts()
    await called(app, 'runs.change', { run, change: { scope: { kind: 'all' }, text: aChain('new') } })
    await progressOf(app, run, ({ stageCounts }) => stageCounts[1]?.succeeded === 6)
    const rows = await called(app, 'runs.rows', { run, indexes: [0, 5] })
    expect(rows.map(({ output, status, isRedone, revision }) => [output, status, isRedone, revision])).toEqual(
      [0, 5].map((n) => [shown('old', n), 'succeeded', true, 0]),
    )
    const trace = await called(app, 'runs.trace', { run, index: 0 })
    expect(trace).toMatchObject({ isRedone: true, revision: 1, status: 'running', output: shown('old', 0) })
    expect(trace.stages.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'running', 'succeeded'])
    const { summary: meanwhile } = await called(app, 'runs.get', { run })
    expect(meanwhile.counts).toMatchObject({ succeeded: 0, running: 6 })
    expect(await endOf(app, run)).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 6 } })
    expect(newPrompts().filter((prompt) => prompt.startsWith('first') || prompt.startsWith('aside'))).toEqual([])
    const after = await called(app, 'runs.rows', { run, indexes: [0, 5] })
    expect(after.map(({ output, isRedone, revision }) => [output, isRedone, revision])).toEqual(
      [0, 5].map((n) => [shown('new', n), false, 1]),
    )
    expect((await workspace.lines('out.jsonl')).map(({ output }) => output)).toEqual(
      Array.from({ length: 6 }, (_, n) => shown('new', n)),
    )
  })

  it('for one cause, while the run goes on, never touches an item outside that group', async () => {
    const { app, newPrompts, workspace } = await aWorld(40, ({ prompt, model }) => {
      const n = Number(prompt.split(' ').at(-1))
      if (prompt.startsWith('old') && model === 'm-openai') {
        if (n % 10 === 3) return { status: 400 }
        if (n % 10 === 4) return { text: 'no', stop: 'refusal' }
      }
      return { text: prompt, delayMs: 10 }
    })
    const options = { concurrency: 4, tripwires: false as const, canary: 0 }
    const { run } = await called(app, 'runs.launch', { text: aChain(), file: null, options })
    await progressOf(app, run, ({ summary }) => summary.counts.failed >= 4)
    const causes = await called(app, 'runs.failures', { run })
    expect(causes.map(({ kind }) => kind).sort()).toEqual(['provider', 'refused'])
    const [provider] = causes.filter(({ kind }) => kind === 'provider')
    const named = provider?.indexes ?? []
    const scope = { kind: 'items' as const, lane: 0, causes: [provider?.cause ?? ''] }
    await called(app, 'runs.change', { run, change: { scope, stages: { second: { model: 'm-better' } } } })
    const summary = await endOf(app, run)
    expect(summary.state.status).toBe('completed')
    const lines = await workspace.lines('out.jsonl')
    const fixed = lines.filter(({ revision }) => revision === 1).map(({ index }) => index)
    // Between the look and the pause more of the same cause may have failed: they are meant, too.
    expect(fixed).toEqual(expect.arrayContaining([...named]))
    expect(fixed.every((index) => index % 10 === 3)).toBe(true)
    for (const line of lines) {
      const isFixed = line.revision === 1
      expect(line.status).toBe(isFixed || ![3, 4].includes(line.index % 10) ? 'succeeded' : 'failed')
      if (line.status === 'succeeded') expect(line.stages.second?.model).toBe(isFixed ? 'm-better' : 'm-openai')
    }
    const prompts = newPrompts()
    // No question of theirs is asked twice, and none is taken from memory.
    const outside = prompts.filter((prompt) => !fixed.includes(Number(prompt.split(' ').at(-1))))
    expect(new Set(outside).size).toBe(outside.length)
    expect(summary.remembered).toBe(0)
    expect(lines.every(({ stages }) => Object.values(stages).every(({ remembered }) => remembered !== true))).toBe(true)
  })

  it('to a chain with other stages is refused before anything is paused', async () => {
    const { app, provider } = await aWorld(30, ({ prompt }) => ({ text: prompt, delayMs: 5 }))
    const { run } = await called(app, 'runs.launch', { text: aChain(), file: null, options: { concurrency: 4 } })
    await progressOf(app, run, ({ summary }) => summary.counts.succeeded >= 2)
    const states: string[] = []
    const stop = app.listen((event) => {
      if (event.kind === 'runProgress') states.push(event.progress.summary.state.status)
    })
    const text = aChain().replaceAll('aside', 'other')
    const refused = await app.call('runs.change', { run, change: { scope: { kind: 'rest' }, text } })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
    const broken = await app.call('runs.change', { run, change: { scope: { kind: 'rest' }, text: 'jacquard: 1' } })
    expect(broken.ok).toBe(false)
    expect(await endOf(app, run)).toMatchObject({ state: { status: 'completed' }, revision: 0 })
    stop()
    expect(new Set(states)).toEqual(new Set(['running', 'completed']))
    expect(provider.calls).toHaveLength(120)
    expect(await called(app, 'runs.revisions', { run })).toHaveLength(1)
  })

  it('is told of: what changed, for whom, how many ran by it; and a trace shows what its item ran by', async () => {
    let isBad = true
    const { app, change } = await aWorld(4, ({ prompt }) =>
      isBad && prompt === 'third old first 2' ? { status: 400 } : { text: prompt },
    )
    const { run } = await runToEnd(app, aChain())
    isBad = false
    await change(run, { scope: { kind: 'failed' } })
    await change(run, { scope: { kind: 'all' }, text: aChain('new') })
    const revisions = await called(app, 'runs.revisions', { run })
    expect(revisions.map(({ revision, stages, scope, items }) => [revision, stages, scope, items])).toEqual([
      [0, [], null, 0],
      [1, ['second'], 'all', 4],
    ])
    expect(revisions[1]?.chainText).toBe(aChain('new'))
    const trace = await called(app, 'runs.trace', { run, index: 2 })
    expect(trace).toMatchObject({ revision: 1, isRedone: false, output: shown('new', 2) })
    expect(trace.stages.map(({ prompt }) => prompt)).toEqual(['first 2', 'new first 2', 'third new first 2', 'aside 2'])
  })

  it('keeps the trace of what ran by the launch as it ran', async () => {
    const { app, change } = await aWorld(3, ({ prompt }) =>
      prompt === 'old first 1' ? { status: 400 } : { text: prompt },
    )
    const { run } = await runToEnd(app, aChain())
    await change(run, { scope: { kind: 'failed' }, text: aChain('new') })
    const prompts = async (index: number) => {
      const { revision, stages } = await called(app, 'runs.trace', { run, index })
      return [revision, stages[1]?.prompt]
    }
    expect(await Promise.all([0, 1, 2].map(prompts))).toEqual([
      [0, 'old first 0'],
      [1, 'new first 1'],
      [0, 'old first 2'],
    ])
  })

  it('may follow another: each is laid over the one before', async () => {
    const { app, change, newPrompts, workspace } = await aWorld(3)
    const { run } = await runToEnd(app, aChain())
    await change(run, { scope: { kind: 'all' }, stages: { second: { temperature: 0.5 } } })
    newPrompts()
    const summary = await change(run, { scope: { kind: 'all' }, tiers: { third: 'ollama' } })
    expect(newPrompts().map((prompt) => prompt.split(' ')[0])).toEqual(['third', 'third', 'third'])
    expect(summary).toMatchObject({ revision: 2, counts: { succeeded: 3 } })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ revision, stages }) => [revision, stages.third?.tier])).toEqual(Array(3).fill([2, 'ollama']))
    const [first] = await called(app, 'runs.revisions', { run })
    expect(first?.items).toBe(0)
  })

  it('for the same items again is laid over the one that was theirs', async () => {
    const { app, change, workspace, provider } = await aWorld(4, ({ prompt, model, body }) => {
      if (!prompt.startsWith('old') || !prompt.endsWith('1')) return { text: prompt }
      if (model !== 'm-better') return { status: 400 }
      return body.temperature === 0.1 ? { text: prompt } : { text: 'no', stop: 'refusal' }
    })
    const { run } = await runToEnd(app, aChain())
    const scope = { kind: 'items' as const, lane: 0, indexes: [1] }
    const better = await change(run, { scope, stages: { second: { model: 'm-better' } } })
    expect(better.counts).toMatchObject({ failed: 1 })
    const cooler = await change(run, { scope, stages: { second: { temperature: 0.1 } } })
    expect(cooler.counts).toMatchObject({ failed: 0, succeeded: 4 })
    expect(provider.calls.at(-2)?.body).toMatchObject({ model: 'm-better', temperature: 0.1 })
    expect((await workspace.lines('out.jsonl')).map(({ revision = 0 }) => revision)).toEqual([0, 2, 0, 0])
  })

  it('of the first lane leaves the groups that are sealed, and mixes nothing in new ones', async () => {
    const { app, workspace } = await aWorld(120, ({ prompt }) => ({ text: prompt, delayMs: 10 }))
    const text = (how: string) => `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "${how} {{ item.n }}" }
  four: { kind: gather, size: 4, value: "{{ ask }}" }
  sum: { kind: model, tier: openai, prompt: "sum {{ $join(items, ', ') }}" }
output: "{{ sum }}"
sink: { jsonl: out.jsonl }
`
    const { run } = await called(app, 'runs.launch', { text: text('old'), file: null, options: { concurrency: 4 } })
    await progressOf(app, run, ({ summary }) => (summary.lanes[1]?.counts.succeeded ?? 0) >= 2)
    await called(app, 'runs.change', { run, change: { scope: { kind: 'rest' }, text: text('new') } })
    const summary = await endOf(app, run)
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 120 }, unaccounted: 0 })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.flatMap(({ members = [] }) => members)).toEqual(Array.from({ length: 120 }, (_, n) => n))
    const words = lines.flatMap(({ output }) => String(output).slice(4).split(', '))
    expect(words.map((word) => Number(word.split(' ')[1]))).toEqual(Array.from({ length: 120 }, (_, n) => n))
    const hows = words.map((word) => word.split(' ')[0])
    expect([hows[0], hows.at(-1)]).toEqual(['old', 'new'])
    const all = await app.call('runs.change', { run, change: { scope: { kind: 'all' } } })
    expect(all).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
  })

  it('is tried on items of their own before, and the run is not touched', async () => {
    const { app, newPrompts } = await aWorld(5, ({ prompt, body }) =>
      prompt.startsWith('old') && body.temperature !== 0.3 ? { status: 400 } : { text: prompt },
    )
    const { run } = await runToEnd(app, aChain(), { tripwires: false })
    newPrompts()
    const stages = { second: { temperature: 0.3 } }
    const tests = await called(app, 'runs.tryChange', { run, indexes: [1, 4], stages })
    expect(tests.map(({ index }) => index)).toEqual([1, 4])
    await Promise.all(
      tests.map(async (test) => {
        const { summary } = await called(app, 'runs.get', { run: test.run })
        if (summary.state.status === 'running') await endOf(app, test.run)
      }),
    )
    // What it does not reach comes from memory.
    expect([...newPrompts()].sort()).toEqual([1, 4].flatMap((n) => [`old first ${n}`, `third old first ${n}`]).sort())
    for (const test of tests) {
      const trace = await called(app, 'runs.trace', { run: test.run, index: 0 })
      expect(trace).toMatchObject({ status: 'succeeded', output: shown('old', test.index) })
    }
    const { summary } = await called(app, 'runs.get', { run })
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { failed: 5 }, revision: 0 })
  })

  it('finishes on a cheaper tier what a budget has stopped, with a higher one', async () => {
    const { app, change, provider, workspace } = await aWorld(200)
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "ask {{ item.n }}", maxTokens: 5 }
sink: { jsonl: out.jsonl }
`
    const { run, state, counts } = await runToEnd(app, chain, { budgetUsd: 0.002, concurrency: 4 })
    expect(state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(counts.succeeded).toBeGreaterThan(20)
    const before = provider.calls.length
    const summary = await change(run, { scope: { kind: 'rest' }, tiers: { ask: 'ollama' } }, 1)
    expect(summary).toMatchObject({
      state: { status: 'completed' },
      budgetMicros: 1_000_000,
      counts: { succeeded: 200 },
    })
    expect(provider.calls.slice(before).every(({ protocol }) => protocol === 'ollama')).toBe(true)
    expect(provider.calls).toHaveLength(200)
    const lines = await workspace.lines('out.jsonl')
    expect(lines.filter(({ stages }) => stages.ask?.tier === 'ollama')).toHaveLength(200 - counts.succeeded)
  })

  it('that cannot go on at once leaves the run interrupted, to go on by it later', async () => {
    const { app, workspace } = await aWorld(5)
    const { run } = await runToEnd(app, aChain())
    await rm(join(workspace.folder, 'items.jsonl'))
    const change: RunChange = { scope: { kind: 'all' }, text: aChain('new') }
    expect(await app.call('runs.change', { run, change })).toMatchObject({ ok: false, error: { kind: 'files' } })
    const { summary } = await called(app, 'runs.get', { run })
    expect(summary).toMatchObject({ state: { status: 'interrupted' }, counts: { succeeded: 0, waiting: 5 } })
    await workspace.write('items.jsonl', numbers(5))
    const end = nextEndOf(app, run)
    await called(app, 'runs.resume', { run })
    expect(await end).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 5 }, revision: 1 })
    expect((await workspace.lines('out.jsonl'))[4]).toMatchObject({ output: shown('new', 4), revision: 1 })
  })

  it('goes on by it after a kill in the middle: all is new, and nothing that was answered is asked again', async () => {
    const { app, provider, workspace } = await aWorld(50, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt.includes('new') ? 10 : 0,
    }))
    const { run } = await runToEnd(app, aChain())
    await worlds.closeNow(app)
    const asked = provider.calls.length
    const change: RunChange = { scope: { kind: 'all' }, text: aChain('new') }
    const child = await startChild(workspace, ['--change', run, JSON.stringify(change)])
    worlds.add(child)
    while (provider.answered.length < asked + 50) await new Promise((resolve) => setTimeout(resolve, 2))
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    const stored = new Set(storedQuestions(workspace))
    const killedAt = provider.calls.length
    const again = await worlds.app(workspace)
    const rows = await called(again, 'runs.rows', { run, indexes: Array.from({ length: 50 }, (_, n) => n) })
    for (const { index, isRedone, output } of rows) expect(output).toBe(shown(isRedone ? 'old' : 'new', index))
    const end = nextEndOf(again, run)
    await called(again, 'runs.resume', { run })
    expect(await end).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 50 }, revision: 1 })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output, revision }) => [output, revision])).toEqual(
      Array.from({ length: 50 }, (_, n) => [shown('new', n), 1]),
    )
    const later = provider.calls.slice(asked).map(({ prompt }) => prompt)
    expect(later.filter((prompt) => prompt.startsWith('first') || prompt.startsWith('aside'))).toEqual([])
    expect(new Set(later).size).toBe(100)
    expect(provider.calls.slice(killedAt).filter(({ prompt }) => stored.has(prompt))).toEqual([])
  }, 60_000)
})
