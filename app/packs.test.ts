import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunSummary } from '../shared/run.ts'
import type { ResultLine } from '../shared/trace.ts'
import { startChild } from './testing/childRun.ts'
import { nextEnd, nextProgress, runToEnd } from './testing/followRun.ts'
import { asAnswer, entriesOf, inputText, rowOf } from './testing/packAnswers.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

/** Every item in capitals, whether it shares its call or not. */
function shout(call: ProviderCall): ProviderAnswer {
  const entries = entriesOf(call)
  return entries === null ? { text: call.prompt.toUpperCase() } : asAnswer(entries.map(rowOf))
}

const itemsIn = (calls: readonly ProviderCall[]) =>
  calls.map((call) => entriesOf(call)?.map(({ input }) => inputText(input)) ?? [call.prompt])

const rows = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const names = (count: number) => rows(Array.from({ length: count }, (_, n) => ({ n, name: `name ${n}` })))

async function run(items: string, stages: string, concurrency: number): Promise<Ran> {
  const { provider, workspace } = await worlds.world({ 'items.jsonl': items }, shout)
  const app = await worlds.app(workspace)
  const chain = `jacquard: 1\nsource: { jsonl: items.jsonl }\n${stages}\nsink: { jsonl: out.jsonl }\n`
  const summary = await runToEnd(app, chain, { concurrency })
  return { summary, lines: await workspace.lines('out.jsonl'), calls: provider.calls }
}

interface Ran {
  readonly summary: RunSummary
  readonly lines: readonly ResultLine[]
  readonly calls: readonly ProviderCall[]
}

describe('a run whose stages pack', () => {
  it('fills its calls although fewer items than that may be in flight, and gives each line its own answer', async () => {
    const stages = `stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.name }}", pack: { size: 10 } }
output: "{{ ask }}"`
    const { summary, lines, calls } = await run(names(34), stages, 3)
    expect(itemsIn(calls).map(({ length }) => length)).toEqual([10, 10, 10, 4])
    expect(lines.map(({ output }) => output)).toEqual(Array.from({ length: 34 }, (_, n) => `NAME ${n}`))
    expect(summary).toMatchObject({
      state: { status: 'completed' },
      calls: 4,
      counts: { succeeded: 34, failed: 0 },
      packs: [{ stage: 'ask', calls: 4, answered: 34, again: 0, reasons: { size: 3, end: 1 }, size: 10 }],
    })
    // 10 tokens in at $1 and 5 out at $2 a million, each call: shared out, and nothing lost.
    expect(summary.costMicros).toBe(4 * 20)
    expect(lines.reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1_000_000), 0)).toBe(4 * 20)
  })

  it('shares calls between the elements of maps of several items, each back in its own list', async () => {
    const items = rows([{ words: ['a', 'b', 'c'] }, { words: [] }, { words: ['d'] }, { words: ['e', 'f', 'g', 'h'] }])
    const stages = `stages:
  each:
    kind: map
    over: "{{ item.words }}"
    as: word
    stages:
      ask: { kind: model, tier: openai, prompt: "{{ word }}", pack: { size: 5 } }
    output: "{{ ask }}"
output: "{{ each }}"`
    const { lines, calls } = await run(items, stages, 8)
    expect(lines.map(({ output }) => output)).toEqual([['A', 'B', 'C'], [], ['D'], ['E', 'F', 'G', 'H']])
    expect(itemsIn(calls).map(({ length }) => length)).toEqual([5, 3])
  })

  it('never shares a call between stages or lanes', async () => {
    const stages = `stages:
  one: { kind: model, tier: openai, prompt: "one {{ item.n }}", pack: { size: 4 } }
  two: { kind: model, tier: openai, prompt: "two {{ one }}", pack: { size: 4 } }
  three: { kind: gather, size: 2, after: [two], value: "{{ two }}" }
  four: { kind: model, tier: openai, prompt: "four {{ $join(items, ' ') }}", pack: { size: 2 } }
output: "{{ four }}"`
    const { lines, calls } = await run(names(8), stages, 8)
    expect(lines.map(({ output }) => output)).toEqual([0, 2, 4, 6].map((n) => `FOUR TWO ONE ${n} TWO ONE ${n + 1}`))
    for (const items of itemsIn(calls)) expect(new Set(items.map((item) => item.split(' ')[0])).size).toBe(1)
    expect(
      itemsIn(calls)
        .map(({ length }) => length)
        .toSorted(),
    ).toEqual([2, 2, 4, 4, 4, 4])
  })

  it('sends what waits of the handful that goes first, for nothing else comes before that is done', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': names(40) }, shout)
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.name }}", pack: { size: 5 } }
sink: { jsonl: out.jsonl }
`
    const summary = await runToEnd(app, chain, { concurrency: 4, canary: 7 })
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 40 } })
    const sizes = itemsIn(provider.calls).map(({ length }) => length)
    expect(sizes).toEqual([5, 2, 5, 5, 5, 5, 5, 5, 3])
  })

  it('lets one item pass where it runs one after the other', async () => {
    const stages = `stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.n }} after {{ $exists(run.previous) ? run.previous : '' }}", pack: { size: 5 } }
output: "{{ item.n }}"`
    const { lines } = await run(names(3), stages, 8)
    expect(lines.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  it('has items that wait back when it is paused, and asks them when it goes on', async () => {
    const stages = `stages:
  slow: { kind: model, tier: anthropic, prompt: "{{ item.n }}" }
  ask: { kind: model, tier: openai, prompt: "n{{ slow }}", pack: { size: 100 } }
output: "{{ ask }}"`
    const { provider, workspace } = await worlds.world({ 'items.jsonl': names(30) }, (call) => ({
      ...shout(call),
      delayMs: call.protocol === 'anthropic' && Number(call.prompt) > 5 ? 300 : 0,
    }))
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1\nsource: { jsonl: items.jsonl }\n${stages}\nsink: { jsonl: out.jsonl }\n`
    const paused = nextEnd(app)
    const waiting = nextProgress(app, ({ summary }) => (summary.packs[0]?.waiting ?? 0) > 0)
    const launched = await app.call('runs.launch', { text: chain, file: null, options: { concurrency: 8 } })
    if (!launched.ok) throw new Error(launched.error.message)
    const { run: id } = launched.value
    await waiting
    await app.call('runs.pause', { run: id })
    expect((await paused).counts.succeeded).toBe(0)
    expect(provider.calls.filter(({ protocol }) => protocol === 'openai')).toEqual([])
    const slowBefore = provider.answered.length
    const ended = nextEnd(app)
    await app.call('runs.resume', { run: id })
    expect((await ended).counts.succeeded).toBe(30)
    expect(itemsIn(provider.calls.filter(({ protocol }) => protocol === 'openai')).map(({ length }) => length)).toEqual(
      [30],
    )
    expect(provider.answered.length - slowBefore).toBe(30 - slowBefore + 1)
  })

  it('that is killed asks again what was in flight, and nothing that was answered', async () => {
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.name }}", pack: { size: 5 } }
output: "{{ ask }}"
sink: { jsonl: out.jsonl }
`
    const { provider, workspace } = await worlds.world(
      { 'items.jsonl': names(60), 'chains/c.chain.yaml': chain },
      (call) => ({ ...shout(call), delayMs: 20 + (provider.calls.length % 3) * 30 }),
    )
    const child = await startChild(workspace, ['chains/c.chain.yaml'])
    worlds.add(child)
    while (provider.answered.length < 6) await new Promise((resolve) => setTimeout(resolve, 2))
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    const stored = new Set(storedAnswers(workspace.folder))
    const before = provider.calls.length
    expect(stored.size).toBeGreaterThan(0)

    const resumed = await startChild(workspace, ['--resume', child.run])
    worlds.add(resumed)
    expect(await resumed.ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 60 } })
    expect(
      itemsIn(provider.calls.slice(before))
        .flat()
        .filter((name) => stored.has(name)),
    ).toEqual([])
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual(Array.from({ length: 60 }, (_, n) => `NAME ${n}`))
  }, 60_000)
})

/** Prompts of the items whose answers are on disk. */
function storedAnswers(folder: string): readonly string[] {
  const database = new DatabaseSync(join(folder, '.jacquard/jacquard.db'), { readOnly: true })
  const found = database.prepare("select request from attempts where status = 'succeeded'").all()
  database.close()
  return found.map(({ request }) => {
    const { messages } = JSON.parse(String(request)) as { messages: { text: string }[] }
    return messages[0]?.text ?? ''
  })
}
