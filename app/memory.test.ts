import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '../shared/run.ts'
import type { App } from './index.ts'
import { called } from './testing/called.ts'
import { startChild } from './testing/childRun.ts'
import { endOf, nextEnd, nextEndOf, progressOf, runToEnd } from './testing/followRun.ts'
import { asAnswer, entriesOf, rowOf } from './testing/packAnswers.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds, type World } from './testing/runWorld.ts'
import { storedQuestions } from './testing/storedQuestions.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

/** 10 tokens in at $1 a million and 5 out at $2. */
const CALL_MICROS = 20

const items = (...texts: string[]) => texts.map((text) => `${JSON.stringify({ text })}\n`).join('')
const letters = (count: number) => Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index))

/** One model stage called `ask`; `keys`: further ones of it. */
function aChain(keys = ''): string {
  return `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.text }}", retry: { attempts: 1 }${keys} }
output: "{{ ask }}"
sink: { jsonl: out.jsonl }
`
}

const TWO_STAGES = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.text }}" }
  second: { kind: model, tier: ollama, prompt: "second {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
`
const SCHEMA = ', output: { type: object, required: [n], properties: { n: { type: integer } } }'

interface Remembering extends World {
  readonly app: App
  /** Prompts of the calls since this was asked last. */
  newPrompts(): readonly string[]
}

async function aWorld(text: string, answer?: (call: ProviderCall) => ProviderAnswer): Promise<Remembering> {
  const world = await worlds.world({ 'items.jsonl': text }, answer)
  const app = await worlds.app(world.workspace)
  let seen = 0
  const newPrompts = () => {
    const prompts = world.provider.calls.slice(seen).map(({ prompt }) => prompt)
    seen = world.provider.calls.length
    return prompts
  }
  return { ...world, app, newPrompts }
}

describe('memory', () => {
  it('answers a second launch without a call, marks what it gave, and costs nothing', async () => {
    const { app, provider, workspace } = await aWorld(items('a', 'b', 'c'))
    const first = await runToEnd(app, TWO_STAGES)
    expect(first).toMatchObject({ calls: 6, costMicros: 6 * CALL_MICROS, savedMicros: 0, remembered: 0 })
    const second = await runToEnd(app, TWO_STAGES)
    expect(provider.calls).toHaveLength(6)
    expect(second).toMatchObject({
      state: { status: 'completed' },
      counts: { succeeded: 3 },
      calls: 0,
      costMicros: 0,
      savedMicros: 6 * CALL_MICROS,
      reused: 6,
      remembered: 6,
      usage: { inputTokens: 0, outputTokens: 0 },
    })
    const lines = await workspace.lines('out.jsonl')
    for (const line of lines) {
      expect(line).toMatchObject({ status: 'succeeded', costUsd: 0, savedUsd: (2 * CALL_MICROS) / 1e6 })
      expect(line.stages.second).toMatchObject({ remembered: true, costUsd: CALL_MICROS / 1e6, tier: 'ollama' })
      expect(line.usage).toMatchObject({ inputTokens: 0, outputTokens: 0 })
    }
    expect(lines.map(({ output }) => output)).toEqual(
      ['a', 'b', 'c'].map((text) => `SECOND FIRST ${text.toUpperCase()}`),
    )
    const { run } = second
    const { states } = await called(app, 'runs.cells', { run, from: 0, count: 9 })
    const { progress } = await called(app, 'runs.get', { run })
    expect(progress.stageCounts).toEqual([{ remembered: 3 }, { remembered: 3 }])
    expect(new Set(states).size).toBe(1)
    const trace = await called(app, 'runs.trace', { run, index: 1 })
    expect(trace).toMatchObject({ costMicros: 0, savedMicros: 2 * CALL_MICROS })
    expect(trace.stages[0]).toMatchObject({ state: 'remembered', costMicros: 0, prompt: 'first b', output: 'FIRST B' })
    expect(trace.stages[0]?.attempts).toMatchObject([{ purpose: 'remembered', rememberedFrom: first.run }])
    const [row] = await called(app, 'runs.rows', { run, indexes: [0] })
    expect(row).toMatchObject({ costMicros: 0, savedMicros: 2 * CALL_MICROS, retries: 0 })
  })

  it('asks of a larger batch only what is new, and of a launch after a test of one item the rest', async () => {
    const { app, workspace, newPrompts } = await aWorld(items('a', 'b'))
    const ended = nextEnd(app)
    await called(app, 'runs.test', { text: aChain(), file: null, item: { value: { text: 'b' } } })
    await ended
    await runToEnd(app, aChain())
    expect(newPrompts()).toEqual(['b', 'a'])
    await workspace.write('items.jsonl', items('x', 'a', 'b', 'y'))
    const larger = await runToEnd(app, aChain())
    expect([...newPrompts()].sort()).toEqual(['x', 'y'])
    expect(larger).toMatchObject({ calls: 2, costMicros: 2 * CALL_MICROS, savedMicros: 2 * CALL_MICROS, remembered: 2 })
  })

  it('is there in another process, too', async () => {
    const { app, provider, workspace } = await aWorld(items('a', 'b'))
    await runToEnd(app, aChain())
    await worlds.closeNow(app)
    const again = await worlds.app(workspace)
    expect(await runToEnd(again, aChain())).toMatchObject({ calls: 0, remembered: 2 })
    expect(provider.calls).toHaveLength(2)
  })

  it('asks two items with the same question once, also at the same time, and pays once', async () => {
    const { app, newPrompts, workspace } = await aWorld(items('a', 'b', 'a', 'a'), ({ prompt }) => ({
      text: prompt.toUpperCase(),
      delayMs: 50,
    }))
    const summary = await runToEnd(app, aChain(), { concurrency: 4 })
    expect([...newPrompts()].sort()).toEqual(['a', 'b'])
    // Nothing is saved that another run has paid for.
    expect(summary).toMatchObject({ calls: 2, costMicros: 2 * CALL_MICROS, savedMicros: 0, remembered: 2 })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual(['A', 'B', 'A', 'A'])
    expect(lines.reduce((sum, { costUsd }) => sum + costUsd, 0)).toBeCloseTo((2 * CALL_MICROS) / 1e6, 9)
  })

  it('asks for each of many with the same question that fails, one after the other', async () => {
    const { app, provider } = await aWorld(items('a', 'a', 'a', 'a', 'a'), () => ({ status: 400, delayMs: 5 }))
    expect(await runToEnd(app, aChain())).toMatchObject({ counts: { failed: 5 }, calls: 5 })
    expect(provider.mostOpen).toBe(1)
  })

  it('does not remember failures', async () => {
    let isBad = true
    const { app, newPrompts } = await aWorld(items('a', 'b'), ({ prompt }) =>
      isBad && prompt === 'b' ? { status: 400 } : { text: prompt },
    )
    await runToEnd(app, aChain())
    isBad = false
    newPrompts()
    expect(await runToEnd(app, aChain())).toMatchObject({ counts: { succeeded: 2 }, remembered: 1 })
    expect(newPrompts()).toEqual(['b'])
  })

  it('remembers an answer that was repaired, and one of the better tier', async () => {
    const { app, newPrompts, workspace } = await aWorld(items('a', 'b'), ({ prompt, protocol, body }) => {
      if (protocol === 'anthropic') return { text: '{"n": 9}' }
      if (prompt.includes('does not fit'))
        return { text: JSON.stringify(body).includes('bad b') ? 'bad b' : '{"n": 7}' }
      return { text: `bad ${prompt}` }
    })
    const chain = aChain(`${SCHEMA}, escalate: anthropic`).replace('retry: { attempts: 1 }', 'repair: 1')
    expect(await runToEnd(app, chain)).toMatchObject({ counts: { succeeded: 2 } })
    expect(newPrompts()).toHaveLength(2 + 3)
    const second = await runToEnd(app, chain)
    expect(newPrompts()).toEqual([])
    expect(second).toMatchObject({ calls: 0, remembered: 2, costMicros: 0, savedMicros: 2 * CALL_MICROS })
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual([{ n: 7 }, { n: 9 }])
    expect(lines[1]?.stages.ask).toMatchObject({ tier: 'anthropic', model: 'm-anthropic', remembered: true })
    // Whoever names no better tier has not asked that.
    await runToEnd(app, aChain(SCHEMA).replace('retry: { attempts: 1 }', 'repair: 1'))
    const prompts = newPrompts()
    expect([prompts.includes('a'), prompts.includes('b')]).toEqual([false, true])
  })

  it('that is off takes nothing from other runs or items, and keeps what was answered all the same', async () => {
    const { app, newPrompts } = await aWorld(items('a', 'b', 'a'))
    await runToEnd(app, aChain())
    newPrompts()
    const off = await runToEnd(app, aChain(), { memory: false })
    expect([...newPrompts()].sort()).toEqual(['a', 'a', 'b'])
    expect(off).toMatchObject({ memory: false, calls: 3, remembered: 0, reused: 0, savedMicros: 0 })
    expect(await runToEnd(app, aChain())).toMatchObject({ calls: 0, remembered: 3 })
  })

  it.each([
    ['prompt', aChain().replace('{{ item.text }}', '{{ item.text }}!'), {}],
    ['instructions', aChain(', instructions: "Be brief."'), {}],
    ['schema', aChain(', output: { type: string }'), {}],
    ['temperature', aChain(', temperature: 0.5'), {}],
    ['parameter', aChain(), { stages: { ask: { parameters: { seed: 4 } } } }],
    ['model', aChain(), { stages: { ask: { model: 'm-other' } } }],
    ['tier', aChain(), { tiers: { ask: 'ollama' } }],
  ] satisfies readonly [string, string, LaunchOptions][])(
    'asks again where the %s is another',
    async (_, chain, options) => {
      const { app, newPrompts } = await aWorld(items('a', 'b'), ({ prompt }) => ({ text: `"${prompt}"` }))
      await runToEnd(app, aChain())
      newPrompts()
      expect(await runToEnd(app, chain, options)).toMatchObject({ calls: 2, remembered: 0 })
      expect(await runToEnd(app, chain, options)).toMatchObject({ calls: 0, remembered: 2 })
      expect(newPrompts()).toHaveLength(2)
    },
  )

  it('takes an answer that keeps to another limit of length, and no longer one', async () => {
    const { app, newPrompts } = await aWorld(items('a', 'b'), ({ prompt }) => ({
      text: prompt,
      usage: { input: 10, output: prompt === 'a' ? 40 : 90 },
    }))
    const withLimit = (maxTokens: number) => runToEnd(app, aChain(`, maxTokens: ${maxTokens}`))
    await withLimit(100)
    newPrompts()
    expect(await withLimit(500)).toMatchObject({ calls: 0, remembered: 2 })
    expect(await withLimit(50)).toMatchObject({ calls: 1, remembered: 1 })
    expect(newPrompts()).toEqual(['b'])
  })

  it('has the answers of shared calls, and leaves the rest to smaller ones', async () => {
    const { app, provider, workspace } = await aWorld(items(...letters(6)), (call) => {
      const entries = entriesOf(call)
      return entries === null ? { text: call.prompt.toUpperCase() } : asAnswer(entries.map(rowOf))
    })
    const chain = aChain(', pack: { size: 3 }')
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 2, counts: { succeeded: 6 } })
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 0, remembered: 6, costMicros: 0, savedMicros: 40 })
    await workspace.write('items.jsonl', items('x', ...letters(6), 'y', 'z'))
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 1, remembered: 6, counts: { succeeded: 9 } })
    expect(provider.calls.slice(2).map((call) => entriesOf(call)?.map(({ input }) => input))).toEqual([['x', 'y', 'z']])
    // Whoever asks for each alone has asked something else; what was asked alone is good enough for a shared call.
    expect(await runToEnd(app, aChain())).toMatchObject({ calls: 9 })
    await workspace.write('items.jsonl', items('new', 'new too'))
    expect(await runToEnd(app, aChain())).toMatchObject({ calls: 2 })
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 0, remembered: 2 })
  })

  it('has the answers of the elements of a map', async () => {
    const chain = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  words:
    kind: map
    over: "{{ $split(item.text, ' ') }}"
    as: word
    stages: { ask: { kind: model, tier: openai, prompt: "{{ word }}" } }
output: "{{ words }}"
sink: { jsonl: out.jsonl }
`
    const { app, newPrompts, workspace } = await aWorld(items('one two', 'two three'))
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 3, remembered: 1 })
    await workspace.write('items.jsonl', items('three four one'))
    newPrompts()
    const summary = await runToEnd(app, chain)
    expect(newPrompts()).toEqual(['four'])
    expect(summary).toMatchObject({ calls: 1, remembered: 2, savedMicros: 2 * CALL_MICROS })
    const [line] = await workspace.lines('out.jsonl')
    expect(line).toMatchObject({ output: [['THREE'], ['FOUR'], ['ONE']].map(([ask]) => ({ ask })) })
    expect(line?.stages.words?.remembered).toBeUndefined()
  })

  it('has the parts of a text that was too long for one question', async () => {
    const text = Array.from({ length: 120 }, (_, index) => `Sentence number ${index}.`).join(' ')
    const { app, provider, newPrompts, workspace } = await aWorld(items(text), ({ prompt }) => ({
      text: `${prompt.length}`,
    }))
    const chain = aChain(', maxInputTokens: 300, tooLong: split')
    const first = await runToEnd(app, chain)
    expect(provider.calls.length).toBeGreaterThan(2)
    newPrompts()
    expect(await runToEnd(app, chain)).toMatchObject({ calls: 0, remembered: first.calls, costMicros: 0 })
    const [line] = await workspace.lines('out.jsonl')
    expect(line?.stages.ask).toMatchObject({ remembered: true })
  })

  it('is shared by two runs that go on at once: no question is asked by both', async () => {
    const { app, provider } = await aWorld(items(...letters(20)), ({ prompt }) => ({ text: prompt, delayMs: 10 }))
    const launch = () => called(app, 'runs.launch', { text: aChain(), file: null, options: { output: null } })
    const [one, two] = await Promise.all([launch(), launch()])
    const summaries = await Promise.all([one, two].map(({ run }) => endOf(app, run)))
    expect(summaries.map(({ counts }) => counts.succeeded)).toEqual([20, 20])
    expect(provider.calls).toHaveLength(20)
    expect(summaries.reduce((sum, { costMicros }) => sum + costMicros, 0)).toBe(20 * CALL_MICROS)
    expect(summaries.reduce((sum, { savedMicros }) => sum + savedMicros, 0)).toBe(20 * CALL_MICROS)
  })

  it('keeps nobody who is told to stop waiting for what another run asks', async () => {
    const { app } = await aWorld(items('slow'), () => ({ text: 'late', delayMs: 60_000 }))
    const launch = () => called(app, 'runs.launch', { text: aChain(), file: null, options: { output: null } })
    const one = await launch()
    await progressOf(app, one.run, ({ summary }) => summary.calls === 1)
    const two = await launch()
    await progressOf(app, two.run, ({ summary }) => summary.counts.running === 1)
    const end = nextEndOf(app, two.run)
    await called(app, 'runs.pause', { run: two.run })
    expect(await end).toMatchObject({ state: { status: 'paused' }, counts: { waiting: 1 } })
    await called(app, 'runs.cancel', { run: one.run })
  })

  it('goes on with what it took after a kill in the middle', async () => {
    const all = Array.from({ length: 60 }, (_, index) => `t${index}`)
    const { app, provider, workspace } = await aWorld(
      items(...all.filter((_, index) => index % 2 === 0)),
      ({ prompt }) => ({
        text: prompt,
        delayMs: prompt.startsWith('second') ? 15 : 1,
      }),
    )
    await workspace.write('chains/c.chain.yaml', TWO_STAGES)
    await runToEnd(app, TWO_STAGES)
    expect(provider.calls).toHaveLength(60)
    await worlds.closeNow(app)
    await workspace.write('items.jsonl', items(...all))
    const child = await startChild(workspace, ['chains/c.chain.yaml'])
    worlds.add(child)
    while (provider.answered.length < 60 + 30) await new Promise((resolve) => setTimeout(resolve, 2))
    child.process.kill('SIGKILL')
    await once(child.process, 'exit')
    const stored = new Set(storedQuestions(workspace))
    const killedAt = provider.calls.length
    const again = await worlds.app(workspace)
    const end = nextEndOf(again, child.run)
    await called(again, 'runs.resume', { run: child.run })
    const summary = await end
    expect(summary).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 60 }, remembered: 60 })
    expect(summary.savedMicros).toBe(60 * CALL_MICROS)
    // What was not on disk is all that was asked twice.
    const known = new Set(provider.calls.slice(0, 60).map(({ prompt }) => prompt))
    const later = provider.calls.slice(60).map(({ prompt }) => prompt)
    expect(later.filter((prompt) => known.has(prompt))).toEqual([])
    expect(provider.calls.slice(killedAt).filter(({ prompt }) => stored.has(prompt))).toEqual([])
    expect(new Set(later).size).toBe(60)
    expect((await workspace.lines('out.jsonl')).every(({ status }) => status === 'succeeded')).toBe(true)
  }, 60_000)
})
