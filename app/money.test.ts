import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '../shared/run.ts'
import type { App } from './index.ts'
import { called } from './testing/called.ts'
import { startChild } from './testing/childRun.ts'
import { endOf, nextEndOf, progressOf, runToEnd } from './testing/followRun.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds, type World } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const numbers = (count: number) => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('')

/** One model stage called `ask`; `keys`: further ones of it. */
function aChain(keys = '', tier = 'openai'): string {
  return `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: ${tier}, prompt: "ask {{ item.n }}", retry: { attempts: 1 }${keys} }
sink: { jsonl: out.jsonl }
`
}

async function aWorld(
  count: number,
  answer?: (call: ProviderCall) => ProviderAnswer,
): Promise<World & { readonly app: App }> {
  const world = await worlds.world({ 'items.jsonl': numbers(count) }, answer)
  return { ...world, app: await worlds.app(world.workspace) }
}

/** What the call was told its answer may be at the most; null: nothing. */
function mostTokens({ body }: ProviderCall): number | null {
  const { max_tokens, max_completion_tokens, options } = body as Record<string, unknown>
  const named = max_tokens ?? max_completion_tokens ?? (options as { num_predict?: number } | undefined)?.num_predict
  return typeof named === 'number' ? named : null
}

/** As dear as it gets: a token for each byte of the question, and the longest answer. */
function asDearAsCanBe(call: ProviderCall): ProviderAnswer {
  const { prompt, system, protocol } = call
  const input = Buffer.byteLength(prompt) + Buffer.byteLength(system)
  // Anthropic takes a quarter more for what it stores.
  return {
    text: 'long',
    usage: { input, output: mostTokens(call) ?? 1_000_000, ...(protocol === 'anthropic' && { cacheWrite: input }) },
    delayMs: 1 + (prompt.length % 5),
  }
}

const microsOf = ({ usage }: ProviderAnswer) => (usage?.input ?? 0) + 2 * (usage?.output ?? 0)

describe('a budget', () => {
  it.each(['openai', 'anthropic', 'ollama'])('is not overshot by a cent with 64 in flight, of %s', async (tier) => {
    let spent = 0
    const { app, provider } = await aWorld(400, (call) => {
      const answer = asDearAsCanBe(call)
      spent += microsOf(answer)
      return answer
    })
    const chain = aChain(', maxTokens: 50', tier)
    const summary = await runToEnd(app, chain, { budgetUsd: 0.02, concurrency: 64 })
    expect(summary.state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(Math.max(spent, summary.costMicros)).toBeLessThanOrEqual(20_000)
    expect(summary).toMatchObject({ reservedMicros: 0, uncertainMicros: 0, budgetMicros: 20_000 })
    // It is used, too: what is left over is less than one more call may cost.
    expect(summary.costMicros).toBeGreaterThan(20_000 - 500)
    expect(provider.calls.length).toBeGreaterThan(100)
  })

  it('shows what is set aside for calls in flight, and holds repairs and better tiers as well', async () => {
    let spent = 0
    let mostSetAside = 0
    const { app } = await aWorld(300, (call) => {
      const answer = asDearAsCanBe(call)
      spent += microsOf(answer)
      return answer
    })
    app.listen((event) => {
      if (event.kind !== 'runProgress') return
      const { reservedMicros, costMicros } = event.progress.summary
      mostSetAside = Math.max(mostSetAside, reservedMicros)
      expect(costMicros + reservedMicros).toBeLessThanOrEqual(30_000)
    })
    const schema = ', output: { type: object, required: [n], properties: { n: { type: integer } } }'
    const chain = aChain(`${schema}, maxTokens: 20, repair: 2, escalate: anthropic`)
    const options: LaunchOptions = { budgetUsd: 0.03, concurrency: 64, tripwires: false, canary: 0 }
    const summary = await runToEnd(app, chain, options)
    expect(summary.state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(spent).toBeLessThanOrEqual(30_000)
    expect(mostSetAside).toBeGreaterThan(0)
  })

  it('is not overshot by calls that many share', async () => {
    let spent = 0
    const { app } = await aWorld(200, (call) => {
      const answer = asDearAsCanBe(call)
      spent += microsOf(answer)
      return answer
    })
    const options: LaunchOptions = { budgetUsd: 0.01, concurrency: 64, tripwires: false, canary: 0 }
    const summary = await runToEnd(app, aChain(', maxTokens: 30, pack: { size: 8 }'), options)
    expect(summary.state).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(spent).toBeLessThanOrEqual(10_000)
  })

  it.each(['openai', 'anthropic', 'ollama'])('gives every call of a paid tier a limit, of %s', async (tier) => {
    const { app, provider } = await aWorld(2)
    await runToEnd(app, aChain('', tier), { budgetUsd: 1 })
    expect(provider.calls.map(mostTokens)).toEqual([8192, 8192])
  })

  it('leaves calls without a limit where there is none, and those of a tier that costs nothing', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': numbers(1) })
    const settings = await workspace.read('jacquard.yaml')
    const free = `  free: { backend: ollama, model: m-free, baseUrl: "${provider.origin}", price: { input: 0, output: 0 } }\n`
    await workspace.write('jacquard.yaml', `${settings}${free}`)
    const app = await worlds.app(workspace)
    await runToEnd(app, aChain())
    await runToEnd(app, aChain('', 'free'), { budgetUsd: 1 })
    expect(provider.calls.map(mostTokens)).toEqual([null, null])
  })

  it('of all launches that name none holds them', async () => {
    const { app } = await aWorld(100, asDearAsCanBe)
    await called(app, 'budgets.set', { dayUsd: null, runUsd: 0.002 })
    const summary = await runToEnd(app, aChain(', maxTokens: 20'))
    expect(summary).toMatchObject({ state: { status: 'paused', reason: { kind: 'budget' } }, budgetMicros: 2000 })
  })
})

describe("a day's budget", () => {
  it('holds two runs at once, pauses both, and lets them go on when it is raised', async () => {
    let spent = 0
    const { app } = await aWorld(150, (call) => {
      const answer = asDearAsCanBe(call)
      spent += microsOf(answer)
      return answer
    })
    await called(app, 'budgets.set', { dayUsd: 0.01, runUsd: null })
    const launch = (text: string) =>
      called(app, 'runs.launch', { text, file: null, options: { concurrency: 32, output: null, canary: 0 } })
    const chain = aChain(', maxTokens: 40')
    const runs = await Promise.all([launch(chain), launch(chain.replace('ask {{', 'other {{'))])
    const summaries = await Promise.all(runs.map(({ run }) => endOf(app, run)))
    for (const { state } of summaries) expect(state).toMatchObject({ status: 'paused', reason: { kind: 'dayBudget' } })
    expect(spent).toBeLessThanOrEqual(10_000)
    expect(spent).toBeGreaterThan(10_000 - 500)
    expect(await called(app, 'budgets.get', {})).toEqual({ dayUsd: 0.01, runUsd: null, spentTodayMicros: spent })
    await called(app, 'budgets.set', { dayUsd: 5, runUsd: null })
    const [{ run }] = runs
    const end = nextEndOf(app, run)
    await called(app, 'runs.resume', { run })
    expect(await end).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 150 } })
  })

  it('counts what was spent in this workspace before, by other programs too', async () => {
    const { app, provider, workspace } = await aWorld(100, asDearAsCanBe)
    const first = await runToEnd(app, aChain(', maxTokens: 40'), { limit: 30 })
    await worlds.closeNow(app)
    const again = await worlds.app(workspace)
    const dayUsd = first.costMicros / 1e6 + 0.0001
    await called(again, 'budgets.set', { dayUsd, runUsd: null })
    const summary = await runToEnd(again, aChain(', maxTokens: 40'), { output: null })
    expect(summary).toMatchObject({ state: { status: 'paused', reason: { kind: 'dayBudget' } }, remembered: 30 })
    expect(provider.calls.length).toBeLessThanOrEqual(31)
  })

  it('holds a run beside its own budget: the narrower one pauses it', async () => {
    const { app } = await aWorld(100, asDearAsCanBe)
    await called(app, 'budgets.set', { dayUsd: 1, runUsd: null })
    const own = await runToEnd(app, aChain(', maxTokens: 40'), { budgetUsd: 0.001 })
    expect(own.state).toMatchObject({ reason: { kind: 'budget' } })
    await called(app, 'budgets.set', { dayUsd: 0.002, runUsd: null })
    const day = await runToEnd(app, aChain(', maxTokens: 41'), { budgetUsd: 1 })
    expect(day.state).toMatchObject({ reason: { kind: 'dayBudget' } })
  })
})

describe('money that may have been spent without an answer', () => {
  it('is that of calls that timed out, at the most they may cost', async () => {
    const { app, workspace } = await aWorld(6, ({ prompt }) =>
      prompt === 'ask 2' ? { text: 'late', delayMs: 60_000 } : { text: prompt },
    )
    const chain = aChain(', maxTokens: 100, timeout: 0.2')
    const summary = await runToEnd(app, chain, { budgetUsd: 1 })
    expect(summary.counts).toMatchObject({ succeeded: 5, failed: 1 })
    expect(summary.uncertainMicros).toBeGreaterThan(200)
    expect(summary.uncertainMicros).toBeLessThan(500)
    expect(summary.costMicros).toBe(5 * 20)
    const trace = await called(app, 'runs.trace', { run: summary.run, index: 2 })
    expect(trace.stages[0]?.attempts).toMatchObject([{ costMicros: null, reservedMicros: summary.uncertainMicros }])
    const { spentTodayMicros } = await called(app, 'budgets.get', {})
    expect(spentTodayMicros).toBe(100 + summary.uncertainMicros)
    expect((await workspace.lines('out.jsonl'))[2]).toMatchObject({ status: 'failed', costUsd: 0 })
  })

  it('is that of connections that broke, and not of servers that never were reached or said no', async () => {
    const server = createServer((request) => request.socket.destroy())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    worlds.add({ close: () => new Promise((resolve) => server.close(() => resolve())) })
    const broken = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(3) }, () => ({ status: 500 }))
    const price = 'price: { input: 1, output: 2 }'
    const settings = await workspace.read('jacquard.yaml')
    const tier = (name: string, url: string) =>
      `  ${name}: { backend: openai-compatible, model: m, baseUrl: "${url}/v1", ${price} }\n`
    await workspace.write(
      'jacquard.yaml',
      `${settings}${tier('broken', broken)}${tier('nobody', 'http://127.0.0.1:9')}`,
    )
    const app = await worlds.app(workspace)
    const uncertain = async (name: string) =>
      (await runToEnd(app, aChain(', maxTokens: 100', name), { budgetUsd: 1 })).uncertainMicros
    expect(await uncertain('openai')).toBe(0)
    expect(await uncertain('nobody')).toBe(0)
    expect(await uncertain('broken')).toBeGreaterThan(200)
  })

  it('counts against the budget', async () => {
    const { app, provider } = await aWorld(100, () => ({ text: 'late', delayMs: 60_000 }))
    const options: LaunchOptions = { budgetUsd: 0.002, concurrency: 4, tripwires: false, canary: 0 }
    const summary = await runToEnd(app, aChain(', maxTokens: 100, timeout: 0.1'), options)
    expect(summary).toMatchObject({ state: { status: 'paused', reason: { kind: 'budget' } }, costMicros: 0 })
    expect(summary.uncertainMicros).toBeLessThanOrEqual(2000)
    expect(provider.calls.length).toBeLessThan(10)
    // Nor does resuming forget it.
    const end = nextEndOf(app, summary.run)
    await called(app, 'runs.resume', { run: summary.run })
    expect(await end).toMatchObject({ state: { status: 'paused', reason: { kind: 'budget' } } })
    expect(provider.calls.length).toBeLessThan(10)
  })

  it('is that of calls that were given up at a person’s word', async () => {
    const { app } = await aWorld(3, () => ({ text: 'late', delayMs: 60_000 }))
    const options: LaunchOptions = { budgetUsd: 1 }
    const { run } = await called(app, 'runs.launch', { text: aChain(', maxTokens: 100'), file: null, options })
    await progressOf(app, run, ({ summary }) => summary.calls === 3)
    const end = nextEndOf(app, run)
    await called(app, 'runs.pause', { run, now: true })
    const { uncertainMicros, reservedMicros } = await end
    expect(uncertainMicros).toBeGreaterThan(3 * 200)
    expect(reservedMicros).toBe(0)
  })

  it('is that of calls in flight when the program was killed, there and when it goes on', async () => {
    let isSlow = true
    const { app, provider, workspace } = await aWorld(40, ({ prompt }) =>
      isSlow && Number(prompt.slice(4)) >= 20 ? { text: 'late', delayMs: 60_000 } : { text: prompt, delayMs: 2 },
    )
    await called(app, 'budgets.set', { dayUsd: null, runUsd: 1 })
    await worlds.closeNow(app)
    await workspace.write('chains/c.chain.yaml', aChain(', maxTokens: 100'))
    const child = await startChild(workspace, ['chains/c.chain.yaml'])
    worlds.add(child)
    while (provider.answered.length < 20 || provider.calls.length < 20 + 16)
      await new Promise((resolve) => setTimeout(resolve, 5))
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    isSlow = false
    const again = await worlds.app(workspace)
    const { run } = child
    const { summary } = await called(again, 'runs.get', { run })
    const perCall = summary.uncertainMicros / 16
    expect(summary).toMatchObject({ state: { status: 'interrupted' }, costMicros: 20 * 20 })
    expect(perCall).toBeGreaterThan(200)
    expect(perCall).toBeLessThan(500)
    const end = nextEndOf(again, run)
    await called(again, 'runs.resume', { run })
    const done = await end
    expect(done).toMatchObject({ state: { status: 'completed' }, costMicros: 40 * 20 })
    expect(done.uncertainMicros).toBe(summary.uncertainMicros)
    const { spentTodayMicros } = await called(again, 'budgets.get', {})
    expect(spentTodayMicros).toBe(done.costMicros + done.uncertainMicros)
  }, 60_000)
})
