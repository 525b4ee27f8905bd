import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { startChild } from './testing/childRun.ts'
import { nextEnd, nextProgress, runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'
import type { TestWorkspace } from './testing/workspace.ts'

const THREE_STAGES = `jacquard: 1
source: { folder: inputs }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.text }}" }
  second: { kind: model, tier: anthropic, prompt: "second {{ first }}" }
  third: { kind: model, tier: ollama, prompt: "third {{ second }}" }
output: { answer: "{{ third }}" }
sink: { jsonl: results/out.jsonl }
`

const worlds = new RunWorlds()
afterEach(() => worlds.close())

function inputs(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `${String(index).padStart(3, '0')}`)
  return Object.fromEntries(names.map((name) => [`inputs/${name}.txt`, `text-${name}`]))
}

const COUNT_LINES = (count: number) => Array.from({ length: count }, (_, index) => `{"n":${index}}\n`).join('')
const ONE_STAGE = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "n{{ item.n }}", retry: { attempts: 2, backoff: 0.01 } }
sink: { jsonl: out.jsonl }
`

describe('a run', () => {
  it('takes 300 files through three stages over three protocols, in order and within its bound', async () => {
    const { provider, workspace } = await worlds.world(inputs(300), ({ prompt }) => ({
      text: prompt,
      delayMs: prompt.length % 7,
    }))
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, THREE_STAGES, { concurrency: 16 })
    expect(summary).toMatchObject({
      state: { status: 'completed' },
      items: 300,
      counts: { succeeded: 300, failed: 0, waiting: 0 },
      calls: 900,
    })
    const lines = await workspace.lines('results/out.jsonl')
    expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: 300 }, (_, index) => index))
    expect(
      lines.every(
        ({ key, output }) =>
          (output as { answer: string }).answer === `third second first text-${key.replace('.txt', '')}`,
      ),
    ).toBe(true)
    expect(provider.mostOpen).toBeLessThanOrEqual(16)
    expect(new Set(provider.calls.map(({ protocol }) => protocol))).toEqual(new Set(['openai', 'anthropic', 'ollama']))
    // 10 tokens in at $1 and 5 out at $2 a million are 20 millionths a call.
    expect(summary.costMicros).toBe(900 * 20)
  })

  it('that is killed three times and resumed makes no finished call again and gives every item once', async () => {
    const { provider, workspace } = await worlds.world(
      { ...inputs(120), 'chains/c.chain.yaml': THREE_STAGES },
      ({ prompt }) => ({ text: prompt, delayMs: 20 }),
    )
    let child = await startChild(workspace, ['chains/c.chain.yaml'])
    worlds.add(child)
    const { run } = child
    const stored = new Set<string>()
    let askedAgain = 0
    let seen = 0
    const checkCalls = () => {
      askedAgain += provider.calls.slice(seen).filter(({ prompt }) => stored.has(prompt)).length
      seen = provider.calls.length
    }
    for (const calls of [60, 140, 230]) {
      while (provider.answered.length < calls) await new Promise((resolve) => setTimeout(resolve, 5))
      child.process.kill('SIGKILL')
      await once(child.process, 'exit')
      checkCalls()
      for (const prompt of storedPrompts(workspace)) stored.add(prompt)
      child = await startChild(workspace, ['--resume', run])
      worlds.add(child)
    }
    const summary = await child.ended
    expect(summary).toMatchObject({ state: { status: 'completed' }, items: 120, counts: { succeeded: 120 } })
    const lines = await workspace.lines('results/out.jsonl')
    expect(lines.map(({ key }) => key)).toEqual(
      Array.from({ length: 120 }, (_, index) => `${String(index).padStart(3, '0')}.txt`),
    )
    expect(
      lines.every(
        ({ key, output }) =>
          (output as { answer: string }).answer === `third second first text-${key.replace('.txt', '')}`,
      ),
    ).toBe(true)
    checkCalls()
    expect(stored.size).toBeGreaterThan(100)
    expect(askedAgain).toBe(0)
    expect(new Set(provider.answered.map(({ prompt }) => prompt)).size).toBe(360)
    // What was in flight when the process was killed, at most 16 a time, is all that was asked twice.
    expect(provider.calls.length).toBeLessThanOrEqual(360 + 3 * 32)
    const app = await worlds.app(workspace)
    const traces = await Promise.all([0, 50, 119].map((index) => app.call('runs.trace', { run, index })))
    for (const trace of traces)
      expect(trace).toMatchObject({
        ok: true,
        value: {
          status: 'succeeded',
          stages: [{ state: 'succeeded' }, { state: 'succeeded' }, { state: 'succeeded' }],
        },
      })
  }, 60_000)

  it('keeps one item’s failure away from the others', async () => {
    const { workspace } = await worlds.world(
      { 'items.jsonl': '{"n":0}\nnot json\n\n{"n":2}\n{"m":3}\n{"n":4}\n' },
      ({ prompt }) => (prompt === 'n4' ? { status: 400 } : { text: prompt }),
    )
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, ONE_STAGE)
    expect(summary).toMatchObject({ state: { status: 'completed' }, items: 5, counts: { succeeded: 2, failed: 3 } })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ status, error }) => [status, error?.kind, error?.stage])).toEqual([
      ['succeeded', undefined, undefined],
      ['failed', 'source', null],
      ['succeeded', undefined, undefined],
      ['failed', 'expression', 'ask'],
      ['failed', 'provider', 'ask'],
    ])
    expect(lines[1]?.error?.message).toContain('Line 2')
  })

  it('asks again what may heal, and not what cannot', async () => {
    const tries = new Map<string, number>()
    const { workspace, provider } = await worlds.world({ 'items.jsonl': COUNT_LINES(3) }, ({ prompt }) => {
      const times = (tries.get(prompt) ?? 0) + 1
      tries.set(prompt, times)
      if (prompt === 'n0') return times === 1 ? { status: 500 } : { text: 'healed' }
      if (prompt === 'n1') return times < 5 ? { status: 429, headers: { 'retry-after': '0' } } : { text: 'patient' }
      return { status: 422 }
    })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, ONE_STAGE)
    expect(summary.counts).toMatchObject({ succeeded: 2, failed: 1 })
    expect(provider.calls.length).toBe(2 + 5 + 1)
    const lines = await workspace.lines('out.jsonl')
    expect(lines[0]?.stages.ask?.attempts).toBe(2)
  })

  it('repairs an answer that does not fit its schema by showing the model what is wrong', async () => {
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask:
    kind: model
    tier: openai
    prompt: "n{{ item.n }}"
    output: { type: object, required: [n], properties: { n: { type: integer } } }
sink: { jsonl: out.jsonl }
`
    const { workspace, provider } = await worlds.world({ 'items.jsonl': COUNT_LINES(2) }, ({ prompt }) => {
      if (prompt.includes('does not fit')) return { text: '```json\n{"n": 7}\n```' }
      return { text: prompt === 'n0' ? 'Here you are: {"n": "seven"}' : 'Sure! {"n": 1,}' }
    })
    const app = await worlds.app(workspace)
    await runToEnd(app, chain)
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual([{ ask: { n: 7 } }, { ask: { n: 1 } }])
    expect(provider.calls.length).toBe(3)
    expect(provider.calls.find(({ prompt }) => prompt.includes('does not fit'))?.prompt).toContain('n must be integer')
  })

  it('stands still with one message when the key is wrong, and goes on where it stood', async () => {
    let isKeyGood = false
    const { workspace, provider } = await worlds.world({ 'items.jsonl': COUNT_LINES(500) }, ({ prompt }) =>
      isKeyGood ? { text: prompt } : { status: 401 },
    )
    const app = await worlds.app(workspace)
    const paused = await runToEnd(app, ONE_STAGE, { concurrency: 4 })
    expect(paused.state).toMatchObject({ status: 'paused', reason: { kind: 'auth' } })
    expect(paused.counts).toEqual({ succeeded: 0, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 500 })
    expect(provider.calls.length).toBeLessThanOrEqual(4)
    expect((await workspace.lines('out.jsonl')).map(({ status }) => status)).toEqual(Array(500).fill('waiting'))
    isKeyGood = true
    const ended = nextEnd(app)
    await app.call('runs.resume', { run: paused.run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 500, failed: 0 } })
  })

  it('that is resumed twice at once goes on once', async () => {
    let isKeyGood = false
    const { workspace, provider } = await worlds.world({ 'items.jsonl': COUNT_LINES(20) }, ({ prompt }) =>
      isKeyGood ? { text: prompt } : { status: 401 },
    )
    const app = await worlds.app(workspace)
    const { run } = await runToEnd(app, ONE_STAGE, { concurrency: 1 })
    isKeyGood = true
    const callsBefore = provider.calls.length
    const ended = nextEnd(app)
    const replies = await Promise.all([app.call('runs.resume', { run }), app.call('runs.resume', { run })])
    expect(replies.map(({ ok }) => ok)).toEqual([true, false])
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 20 } })
    expect(provider.calls.length - callsBefore).toBe(20)
  })

  it('pauses when asked: calls in flight are kept, the rest waits, and resuming completes the file', async () => {
    const { workspace, provider } = await worlds.world(inputs(60), ({ prompt }) => ({ text: prompt, delayMs: 10 }))
    const app = await worlds.app(workspace)
    const ended = nextEnd(app)
    const launched = await app.call('runs.launch', { text: THREE_STAGES, file: null, options: { concurrency: 8 } })
    const run = launched.ok ? launched.value.run : ''
    await nextProgress(app, ({ summary }) => summary.counts.succeeded > 5)
    await app.call('runs.pause', { run })
    const paused = await ended
    expect(paused.state.status).toBe('paused')
    const { succeeded, waiting } = paused.counts
    expect(succeeded + waiting).toBe(60)
    const callsBefore = provider.calls.length
    const resumedEnd = nextEnd(app)
    await app.call('runs.resume', { run })
    const done = await resumedEnd
    expect(done).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 60 }, calls: 180 })
    expect(provider.calls.length).toBe(180)
    expect(callsBefore).toBeLessThan(180)
    expect((await workspace.lines('results/out.jsonl')).every(({ status }) => status === 'succeeded')).toBe(true)
  })

  it('that is cancelled gives up its calls at once, keeps what is finished, and says cancelled of the rest', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': COUNT_LINES(40) }, ({ prompt }) => ({
      text: prompt,
      delayMs: Number(prompt.slice(1)) < 4 ? 1 : 60_000,
    }))
    const app = await worlds.app(workspace)
    const ended = nextEnd(app)
    const launched = await app.call('runs.launch', { text: ONE_STAGE, file: null, options: { concurrency: 4 } })
    await nextProgress(app, ({ summary }) => summary.counts.succeeded === 4)
    await app.call('runs.cancel', { run: launched.ok ? launched.value.run : '' })
    expect(await ended).toMatchObject({
      state: { status: 'cancelled' },
      counts: { succeeded: 4, cancelled: 36, waiting: 0, running: 0 },
    })
    expect((await workspace.lines('out.jsonl')).map(({ status }) => status)).toEqual([
      ...Array(4).fill('succeeded'),
      ...Array(36).fill('cancelled'),
    ])
  })

  it('with stopOnError ends with the first error by index, and keeps what succeeded', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': COUNT_LINES(200) }, ({ prompt }) => {
      if (prompt === 'n2') return { status: 400, delayMs: 60 }
      return prompt === 'n5' ? { status: 400, delayMs: 5 } : { text: prompt, delayMs: 30 }
    })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, ONE_STAGE, { concurrency: 8, stopOnError: true })
    expect(summary.state).toMatchObject({ status: 'failed', error: { stage: 'ask' } })
    const lines = await workspace.lines('out.jsonl')
    const failed = lines.filter(({ status }) => status === 'failed').map(({ index }) => index)
    expect(failed).toEqual([2, 5])
    expect(summary.counts.succeeded).toBeLessThan(20)
    expect(lines.length).toBe(200)
  })

  it('never spends more than its budget', async () => {
    const { workspace, provider } = await worlds.world({ 'items.jsonl': COUNT_LINES(400) }, ({ prompt }) => ({
      text: prompt,
      delayMs: 5,
    }))
    const app = await worlds.app(workspace)
    const chain = ONE_STAGE.replace('prompt:', 'maxTokens: 5, prompt:')
    const summary = await runToEnd(app, chain, { concurrency: 64, budgetUsd: 0.004 })
    expect(summary.state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(summary.costMicros).toBeLessThanOrEqual(4000)
    expect(provider.calls.length).toBeGreaterThan(100)
    expect(provider.calls.length).toBeLessThanOrEqual(200)
    const ended = nextEnd(app)
    await app.call('runs.resume', { run: summary.run, budgetUsd: 1 })
    expect(await ended).toMatchObject({
      state: { status: 'completed' },
      counts: { succeeded: 400 },
      budgetMicros: 1_000_000,
    })
    expect(provider.calls.length).toBe(400)
  })

  it('asks again only for what failed, and keeps good stages', async () => {
    let isDown = true
    const { workspace, provider } = await worlds.world(inputs(10), ({ prompt }) =>
      isDown && prompt.startsWith('third') && prompt.includes('7') ? { status: 400 } : { text: prompt },
    )
    const app = await worlds.app(workspace)
    const first = await runToEnd(app, THREE_STAGES)
    expect(first.counts).toMatchObject({ succeeded: 9, failed: 1 })
    isDown = false
    const before = provider.calls.length
    const ended = nextEnd(app)
    await app.call('runs.retryFailed', { run: first.run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 10, failed: 0 } })
    expect(provider.calls.slice(before).map(({ prompt }) => prompt.split(' ')[0])).toEqual(['third'])
    expect((await workspace.lines('results/out.jsonl')).map(({ status }) => status)).toEqual(
      Array(10).fill('succeeded'),
    )
  })

  it('gives its cells up to its last item and no further, while it goes on and afterwards', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': COUNT_LINES(5) })
    const app = await worlds.app(workspace)
    const { run } = await runToEnd(app, ONE_STAGE)
    const cells = await Promise.all([0, 3, 9].map((from) => app.call('runs.cells', { run, from, count: 1000 })))
    expect(cells.map((reply) => reply.ok && reply.value.states.length)).toEqual([5, 2, 0])
  })

  it('gives its results as text while it goes on, in input order or as items finish', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': COUNT_LINES(30) }, ({ prompt }) => ({
      text: prompt,
      delayMs: prompt === 'n0' ? 300 : 5,
    }))
    const app = await worlds.app(workspace)
    for (const unordered of [false, true]) {
      const launched = await app.call('runs.launch', { text: ONE_STAGE, file: null, options: { memory: false } })
      const lines: number[] = []
      for await (const text of app.results(launched.ok ? launched.value.run : '', { format: 'jsonl', unordered }))
        for (const line of text.trimEnd().split('\n')) lines.push((JSON.parse(line) as { index: number }).index)
      expect([...lines].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index))
      expect(lines[0] === 0).toBe(!unordered)
    }
  })
})

/** The prompts whose answers are on disk. */
function storedPrompts(workspace: TestWorkspace): string[] {
  const database = new DatabaseSync(join(workspace.folder, '.jacquard/jacquard.db'))
  const rows = database.prepare(`select request from attempts where status = 'succeeded'`).all()
  database.close()
  return rows.map(
    (row) => (JSON.parse(String(row.request)) as { messages: { text: string }[] }).messages[0]?.text ?? '',
  )
}
