import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { startChild } from './testing/childRun.ts'
import { nextEnd, nextProgress, runToEnd } from './testing/followRun.ts'
import type { Provider } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'
import { storedQuestions } from './testing/storedQuestions.ts'
import type { TestWorkspace } from './testing/workspace.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const tierOf = ({ origin }: Provider, concurrency: number) => `tiers:
  openai: { backend: openai-compatible, model: m, baseUrl: "${origin}/v1", concurrency: ${concurrency}, price: { input: 1, output: 2 } }
`

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
const jsonl = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

const THREE_DEEP = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  as:
    kind: map
    over: "{{ item.list }}"
    as: a
    stages:
      bs:
        kind: map
        over: "{{ a }}"
        as: b
        concurrency: unbounded
        stages:
          cs:
            kind: map
            over: "{{ b }}"
            as: c
            stages: { ask: { kind: model, tier: openai, prompt: "{{ item.name }}{{ c }}" } }
            output: "{{ ask }}"
        output: "{{ cs }}"
    output: "{{ bs }}"
output: "{{ as }}"
sink: { jsonl: out.jsonl }
`
/** Two items, each a list of 3 lists of 4 lists of 5 numbers. */
const listOf = (first: number) =>
  numbers(3).map((a) => numbers(4).map((b) => numbers(5).map((c) => first + a * 100 + b * 10 + c)))
const TWO_ITEMS = jsonl([
  { name: 'p', list: listOf(1000) },
  { name: 'q', list: listOf(2000) },
])
const expectedOf = (name: string, first: number) =>
  listOf(first).map((bs) => bs.map((cs) => cs.map((c) => `${name}${c}`)))

describe('maps in maps', () => {
  it('keep the order of two items at three depths, under random latencies and one bound for all', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': TWO_ITEMS }, ({ prompt }) => ({
      text: prompt,
      delayMs: Math.random() * 20,
    }))
    await workspace.write('jacquard.yaml', tierOf(provider, 6))
    const summary = await runToEnd(await worlds.app(workspace), THREE_DEEP)
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 2 }, calls: 120 })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual([expectedOf('p', 1000), expectedOf('q', 2000)])
    expect(provider.mostOpen).toBe(6)
    expect(lines[0]?.stages.as).toMatchObject({ status: 'succeeded', attempts: 60, tier: 'openai' })
  })

  it('never wait for each other, though one call may be open at a time and two runs go on', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': TWO_ITEMS }, ({ prompt }) => ({ text: prompt }))
    await workspace.write('jacquard.yaml', tierOf(provider, 1))
    const app = await worlds.app(workspace)
    const runs = await Promise.all(
      ['one', 'two'].map((name) =>
        app.call('runs.launch', { text: THREE_DEEP, file: null, options: { output: `${name}.jsonl`, memory: false } }),
      ),
    )
    expect(runs.map(({ ok }) => ok)).toEqual([true, true])
    const states = async () => {
      const listed = await app.call('runs.list', { kind: 'batch', limit: 9 })
      return listed.ok ? listed.value.map(({ state }) => state.status) : []
    }
    await expect.poll(states, { timeout: 20_000 }).toEqual(['completed', 'completed'])
    for (const name of ['one', 'two'])
      expect((await workspace.lines(`${name}.jsonl`)).map(({ output }) => output)).toEqual([
        expectedOf('p', 1000),
        expectedOf('q', 2000),
      ])
    expect(provider.mostOpen).toBe(1)
    expect(provider.answered).toHaveLength(240)
  })

  it('fail their item alone, with the place of the first error', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': TWO_ITEMS }, ({ prompt }) =>
      prompt === 'p1112' || prompt === 'p1134' ? { status: 400 } : { text: prompt },
    )
    await workspace.write('jacquard.yaml', tierOf(provider, 6))
    const summary = await runToEnd(await worlds.app(workspace), THREE_DEEP)
    expect(summary.counts).toMatchObject({ succeeded: 1, failed: 1 })
    const [failed, fine] = await workspace.lines('out.jsonl')
    expect(failed?.error).toMatchObject({ stage: 'as', kind: 'provider' })
    expect(failed?.error?.message).toMatch(/^Element 2, stage bs: Element 2, stage cs: Element 3, stage ask: /)
    expect(fine?.output).toEqual(expectedOf('q', 2000))
  })
})

/** A server that gives what its path says, late. */
async function aSite(): Promise<{ origin: string; asked: string[]; answered: string[] }> {
  const asked: string[] = []
  const answered: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    setTimeout(() => {
      answered.push(path)
      response.end(`page${path}`)
    }, 10)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  worlds.add({
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answered }
}

const PAGES = (origin: string) => `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  pages:
    kind: map
    over: "{{ item.pages }}"
    as: page
    stages:
      get: { kind: fetch, url: "${origin}/{{ item.n }}/{{ page }}" }
      ask: { kind: model, tier: openai, prompt: "{{ get.text }}" }
      sub: { kind: chain, file: chains/again.chain.yaml, item: "{{ ask }}" }
    output: "{{ sub }}"
output: "{{ pages }}"
sink: { jsonl: out.jsonl }
`
const AGAIN = `jacquard: 1
stages: { more: { kind: model, tier: openai, prompt: "more {{ item }}" } }
output: "{{ more }}"
`
const outputsOf = (n: number, pages: number) => numbers(pages).map((page) => `more page/${n}/${page}`)

async function pagesWorld(items: number, pages: number) {
  const site = await aSite()
  const world = await worlds.world(
    {
      'items.jsonl': jsonl(numbers(items).map((n) => ({ n, pages: numbers(pages) }))),
      'chains/pages.chain.yaml': PAGES(site.origin),
      'chains/again.chain.yaml': AGAIN,
    },
    ({ prompt }) => ({ text: prompt, delayMs: 15 }),
  )
  await world.workspace.write('jacquard.yaml', tierOf(world.provider, 16))
  return { site, ...world }
}

async function expectAllThere(workspace: TestWorkspace, items: number, pages: number): Promise<void> {
  const lines = await workspace.lines('out.jsonl')
  expect(lines.map(({ status, output }) => [status, output])).toEqual(
    numbers(items).map((n) => ['succeeded', outputsOf(n, pages)]),
  )
}

describe('a run that is killed inside a map', () => {
  it('asks for nothing again that was answered, of models, of the web or in a used chain', async () => {
    const { site, provider, workspace } = await pagesWorld(4, 30)
    let child = await startChild(workspace, ['chains/pages.chain.yaml'])
    worlds.add({ close: () => child.close() })
    const stored = new Set<string>()
    let again: string[] = []
    let seen = { model: 0, web: 0 }
    const check = () => {
      const asked = [
        ...provider.calls.slice(seen.model).map(({ prompt }) => prompt),
        ...site.asked.slice(seen.web).map((path) => `GET ${site.origin}${path}`),
      ]
      again = [...again, ...asked.filter((question) => stored.has(question))]
      seen = { model: provider.calls.length, web: site.asked.length }
    }
    for (const calls of [40, 110]) {
      while (provider.answered.length < calls) await new Promise((resolve) => setTimeout(resolve, 5))
      child.process.kill('SIGKILL')
      await once(child.process, 'exit')
      check()
      for (const question of storedQuestions(workspace)) stored.add(question)
      child = await startChild(workspace, ['--resume', child.run])
    }
    const summary = await child.ended
    check()
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 4 } })
    await expectAllThere(workspace, 4, 30)
    expect(stored.size).toBeGreaterThan(50)
    expect(again).toEqual([])
    expect(new Set(provider.answered.map(({ prompt }) => prompt)).size).toBe(240)
    expect(new Set(site.answered).size).toBe(120)
  }, 60_000)

  it('goes on where it was paused, too, and its trace has every element', async () => {
    const { site, provider, workspace } = await pagesWorld(1, 40)
    const app = await worlds.app(workspace)
    const running = nextProgress(app, ({ summary }) => summary.calls > 20)
    const launched = await app.call('runs.launch', { text: PAGES(site.origin), file: null, options: {} })
    const run = launched.ok ? launched.value.run : ''
    await running
    const paused = nextEnd(app)
    await app.call('runs.pause', { run })
    expect((await paused).state.status).toBe('paused')
    const open = await app.call('runs.trace', { run, lane: 0, index: 0 })
    const states = open.ok ? (open.value.stages[0]?.inner ?? []).map(({ state }) => state) : []
    expect(states).toContain('succeeded')
    expect(states).toContain('waiting')

    const ended = nextEnd(app)
    await app.call('runs.resume', { run })
    expect(await ended).toMatchObject({ state: { status: 'completed' } })
    await expectAllThere(workspace, 1, 40)
    expect(provider.calls).toHaveLength(80)
    expect(site.asked).toHaveLength(40)
    const trace = await app.call('runs.trace', { run, lane: 0, index: 0 })
    const [pages] = trace.ok ? trace.value.stages : []
    expect(pages?.inner).toHaveLength(40)
    expect(pages?.inner[6]).toMatchObject({
      label: '7',
      state: 'succeeded',
      input: 6,
      output: 'more page/0/6',
      stages: [
        {
          stage: 'get',
          kind: 'fetch',
          attempts: [{ tier: null, request: { messages: [{ text: `GET ${site.origin}/0/6` }] } }],
        },
        { stage: 'ask', output: 'page/0/6' },
        {
          stage: 'sub',
          inner: [{ label: 'chains/again.chain.yaml', stages: [{ stage: 'more', attempts: [{ number: 1 }] }] }],
        },
      ],
    })
  }, 30_000)
})
