import { afterEach, describe, expect, it } from 'vitest'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import { runStage, shortly, startStage } from '../../testing/modelStages.ts'
import {
  asAnswer,
  entriesOf,
  inputText,
  packItems,
  packSetup,
  packSizes,
  rowOf,
  shouted,
  startPackProvider,
} from '../../testing/packAnswers.ts'
import type { Provider } from '../../testing/provider.ts'

let provider: Provider
afterEach(() => provider.close())

describe('items that share calls', () => {
  it('are asked in as few calls as their number needs, each with its own answer', async () => {
    provider = await startPackProvider()
    const { outcomes, counts } = await runStage(packSetup(provider, '{size: 4}'), packItems(10))
    expect(shortly(outcomes)).toEqual(shouted(10))
    expect(packSizes(provider)).toEqual([4, 4, 2])
    expect(counts()).toEqual([
      {
        stage: 'ask',
        calls: 3,
        answered: 10,
        again: 0,
        waiting: 0,
        reasons: { size: 2, tokens: 0, within: 0, end: 1 },
        size: 4,
      },
    ])
  })
  it('get their own answers whatever order they stand in, and rows that nobody asked for are nobody’s', async () => {
    provider = await startPackProvider((entries) =>
      asAnswer([{ id: 'zzz', output: 'STRAY' }, ...entries.map(rowOf).reverse()]),
    )
    expect(shortly((await runStage(packSetup(provider, '{size: 10}'), packItems(7))).outcomes)).toEqual(shouted(7))
    expect(packSizes(provider)).toEqual([7])
  })
  it('see the rules behind the stage’s own instructions', async () => {
    provider = await startPackProvider()
    await runStage(packSetup(provider, '{size: 3}'), packItems(3))
    expect(provider.calls[0]?.system).toMatch(/^Shout it\.\n\nYou are given several separate items/)
  })
  it('are one ordinary call where there is only one', async () => {
    provider = await startPackProvider()
    const { outcomes } = await runStage(packSetup(provider, '{size: 4}'), packItems(5))
    expect(shortly(outcomes)).toEqual(shouted(5))
    expect(packSizes(provider)).toEqual([4, 1])
    expect(provider.calls[1]).toMatchObject({ prompt: 'item 4', system: 'Shout it.' })
  })
  it('never share a call across what they are grouped by, or with other instructions', async () => {
    provider = await startPackProvider()
    const grouped = packSetup(provider, '{size: 10, groupBy: item.language}')
    const items = packItems(12).map((item, index) => ({ ...item, language: index % 3 === 0 ? 'de' : 'en' }))
    const { outcomes } = await runStage(grouped, items)
    expect(shortly(outcomes)).toEqual(shouted(12))
    const languages = provider.calls.map((call) =>
      entriesOf(call)?.map(({ input }) => Number(inputText(input).slice(5)) % 3 === 0),
    )
    expect(languages.map((of) => new Set(of).size)).toEqual([1, 1])

    const before = provider.calls.length
    const own = packSetup(provider, '{size: 10}')
    await runStage({ ...own, stage: own.stage.replace('Shout it.', 'Shout in {{ item.language }}.') }, items)
    expect(provider.calls.slice(before).map(({ system }) => system.slice(0, 12))).toEqual([
      'Shout in de.',
      'Shout in en.',
    ])
  })
  it('are sealed before a call grows beyond its tokens, and one that is too large goes alone', async () => {
    provider = await startPackProvider()
    const items = [...packItems(19), { text: 'long '.repeat(2000) }, ...packItems(1)]
    const { outcomes, counts } = await runStage(packSetup(provider, '{size: 50, maxInputTokens: 400}'), items)
    expect(outcomes.every(({ kind }) => kind === 'succeeded')).toBe(true)
    expect(counts()[0]?.reasons.tokens).toBeGreaterThan(0)
    const alone = provider.calls.filter((call) => entriesOf(call) === null)
    expect(alone.map(({ prompt }) => prompt.length)).toContain(10_000)
  })
})

describe('what an answer leaves open', () => {
  it('is asked for again in smaller calls, then alone; good answers are kept', async () => {
    provider = await startPackProvider((entries) => asAnswer(entries.slice(0, -1).map(rowOf)))
    const { outcomes, counts, attempts } = await runStage(packSetup(provider, '{size: 6}'), packItems(6))
    expect(shortly(outcomes)).toEqual(shouted(6))
    expect(packSizes(provider)).toEqual([6, 1])
    expect(counts()[0]).toMatchObject({ calls: 2, answered: 6, again: 1 })
    const last = attempts().filter(({ index }) => index === 5)
    expect(last.map(({ outcome, pack }) => [outcome.status, pack?.size ?? 1])).toEqual([
      ['failed', 6],
      ['succeeded', 1],
    ])
  })
  it('is asked for again no more than twice in company', async () => {
    provider = await startPackProvider((entries) =>
      asAnswer(entries.slice(0, Math.ceil(entries.length / 2)).map(rowOf)),
    )
    const { outcomes } = await runStage(packSetup(provider, '{size: 25}'), packItems(25))
    expect(shortly(outcomes)).toEqual(shouted(25))
    expect(packSizes(provider)).toEqual([25, 12, 6, 1, 1, 1])
  })
  it('is asked alone with all that the stage has for an answer that does not fit', async () => {
    provider = await startPackProvider(
      (entries) => asAnswer(entries.map((entry) => ({ id: entry.id, output: { n: inputText(entry.input) } }))),
      ({ prompt, model, body }) => {
        const isRepair = (body.messages as readonly unknown[]).length > 2
        return { text: model === 'better' ? '{"n": 1}' : isRepair ? `{"n": "${prompt.length}"}` : '{"n": "one"}' }
      },
    )
    const { stage, tiers } = packSetup(
      provider,
      '{size: 2}',
      'escalate: b\noutput: {type: object, required: [n], properties: {n: {type: integer}}}',
    )
    const run = { stage, tiers: { ...tiers, ...(tiers.t === undefined ? {} : { b: { ...tiers.t, model: 'better' } }) } }
    const { outcomes, attempts } = await runStage(run, packItems(2))
    expect(shortly(outcomes)).toEqual([{ n: 1 }, { n: 1 }])
    const first = attempts().filter(({ index }) => index === 0)
    expect(first.map(({ purpose, pack }) => [purpose, pack?.size ?? 1])).toEqual([
      ['first', 2],
      ['first', 1],
      ['repair', 1],
      ['escalate', 1],
    ])
  })
  it('is asked for again where rows are doubled with different answers, or do not fit', async () => {
    let isFirst = true
    provider = await startPackProvider((entries) => {
      if (!isFirst) return asAnswer(entries.map(rowOf))
      isFirst = false
      const [doubled, invalid, ...good] = entries
      if (doubled === undefined || invalid === undefined) return asAnswer([])
      const wrong = [rowOf(doubled), { id: doubled.id, output: 'OTHER' }, { id: invalid.id, output: 5 }]
      return asAnswer([...wrong, ...good.map(rowOf)])
    })
    expect(shortly((await runStage(packSetup(provider, '{size: 8}'), packItems(8))).outcomes)).toEqual(shouted(8))
    expect(packSizes(provider)).toEqual([8, 2])
  })
  it('is that item’s failure where the model says that it cannot answer', async () => {
    provider = await startPackProvider((entries) =>
      asAnswer(entries.map((entry, index) => (index === 1 ? { id: entry.id, error: 'It is empty.' } : rowOf(entry)))),
    )
    const { outcomes } = await runStage(packSetup(provider, '{size: 3}'), packItems(3))
    expect(shortly(outcomes)).toEqual(['ITEM 0', '(refused)', 'ITEM 2'])
    expect(outcomes[1]).toMatchObject({ failure: { message: expect.stringContaining('It is empty.') } })
    expect(packSizes(provider)).toEqual([3])
  })
  it('is the rest where the answer is cut off: whole rows are kept, the others split', async () => {
    let isFirst = true
    provider = await startPackProvider((entries) => {
      const answer = asAnswer(entries.map(rowOf))
      if (!isFirst) return answer
      isFirst = false
      return { text: answer.text?.slice(0, 75) ?? '', stop: 'length' }
    })
    const { outcomes } = await runStage(packSetup(provider, '{size: 8}'), packItems(8))
    expect(shortly(outcomes)).toEqual(shouted(8))
    expect(packSizes(provider)[0]).toBe(8)
    expect(Math.max(...packSizes(provider).slice(1))).toBeLessThanOrEqual(4)
  })
  it('is asked in halves where the answer cannot be read', async () => {
    provider = await startPackProvider((entries) =>
      entries.length > 2 ? { text: 'All of them are fine.' } : asAnswer(entries.map(rowOf)),
    )
    expect(shortly((await runStage(packSetup(provider, '{size: 8}'), packItems(8))).outcomes)).toEqual(shouted(8))
    expect(packSizes(provider)).toEqual([8, 4, 4, 2, 2, 2, 2])
  })
})

describe('a call that one item breaks', () => {
  const poisoned = (poison: readonly number[]) => {
    const isBad = (input: Json) => poison.includes(Number(inputText(input).slice(5)))
    return startPackProvider(
      (entries) => (entries.some(({ input }) => isBad(input)) ? { stop: 'refusal' } : asAnswer(entries.map(rowOf))),
      ({ prompt }) => (isBad(prompt) ? { stop: 'refusal' } : { text: prompt.toUpperCase() }),
    )
  }
  it.each([
    [25, [7], 11],
    [25, [0, 12, 24], 21],
    [64, [5], 13],
    [25, Array.from({ length: 25 }, (_, index) => index), 49],
  ])('is found among %i in few calls (%j: %i calls), the others are answered', async (count, poison, calls) => {
    provider = await poisoned(poison)
    const { outcomes } = await runStage(packSetup(provider, `{size: ${count}}`), packItems(count))
    const expected = shouted(count).map((text, index) => (poison.includes(index) ? '(refused)' : text))
    expect(shortly(outcomes)).toEqual(expected)
    expect(provider.calls).toHaveLength(calls)
  })
  it('is not searched for without end: beyond the cap open items are asked alone', async () => {
    provider = await startPackProvider(() => ({ text: 'no' }))
    const { outcomes } = await runStage(packSetup(provider, '{size: 10}'), packItems(200))
    expect(shortly(outcomes)).toEqual(shouted(200))
    const shared = provider.calls.filter((call) => entriesOf(call) !== null)
    expect(shared.length).toBeLessThanOrEqual(20 + 10 + 19)
  })
})

describe('a call that fails as a whole', () => {
  it('is made again for all, and counts against none', async () => {
    let failures = 4
    provider = await startPackProvider((entries) =>
      failures-- > 0 ? { status: 429, headers: { 'retry-after-ms': '1' } } : asAnswer(entries.map(rowOf)),
    )
    const { outcomes, attempts } = await runStage(packSetup(provider, '{size: 5}'), packItems(5))
    expect(shortly(outcomes)).toEqual(shouted(5))
    expect(packSizes(provider)).toEqual([5, 5, 5, 5, 5])
    expect(attempts().filter(({ index }) => index === 0)).toHaveLength(5)
  })
  it('is each item’s failure when it never heals', async () => {
    provider = await startPackProvider(() => ({ status: 500 }))
    const { outcomes } = await runStage(packSetup(provider, '{size: 5}'), packItems(5))
    expect(shortly(outcomes)).toEqual(Array.from({ length: 5 }, () => '(provider)'))
    expect(packSizes(provider)).toEqual([5, 5, 5, 5, 5, 5])
  })
  it('is split where its question is too long for the model', async () => {
    provider = await startPackProvider((entries) =>
      entries.length > 3
        ? { status: 400, error: "This model's maximum context length is 100 tokens." }
        : asAnswer(entries.map(rowOf)),
    )
    expect(shortly((await runStage(packSetup(provider, '{size: 8}'), packItems(8))).outcomes)).toEqual(shouted(8))
    expect(packSizes(provider)).toEqual([8, 4, 4, 2, 2, 2, 2])
  })
  it('pauses the run where no call can succeed', async () => {
    provider = await startPackProvider(() => ({ status: 401 }))
    const { outcomes, paused } = await runStage(packSetup(provider, '{size: 5}'), packItems(5))
    expect(shortly(outcomes)).toEqual(Array.from({ length: 5 }, () => '(suspended)'))
    expect(paused.map(({ kind }) => kind)).toEqual(['auth'])
  })
})

describe('a shared call', () => {
  it('may have as many tokens in its answer as its items may have, up to what models allow', async () => {
    provider = await startPackProvider()
    await runStage(packSetup(provider, '{size: 5}', 'maxTokens: 100'), packItems(6))
    await runStage(packSetup(provider, '{size: 50}', 'maxTokens: 1000'), packItems(50))
    const most = provider.calls.map(({ body }) => body.max_tokens ?? body.max_completion_tokens)
    expect(most).toEqual([5 * 124, 100, 16_384])
  })
  it('that is given up with the run leaves its items undone', async () => {
    provider = await startPackProvider((entries) => ({ ...asAnswer(entries.map(rowOf)), delayMs: 5000 }))
    const run = await startStage(packSetup(provider, '{size: 3}'))
    const asked = packItems(3).map((item) => run.ask(item))
    while (provider.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    run.stops.giveUp()
    expect(shortly(await Promise.all(asked))).toEqual(['(suspended)', '(suspended)', '(suspended)'])
    expect(run.attempts().map(({ outcome }) => outcome.status === 'failed' && outcome.failure.kind)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
    ])
  })
})

describe('what a shared call cost', () => {
  it('is shared out exactly, re-asked items included', async () => {
    let billed = NO_USAGE
    const usage = (size: number) => ({ input: 97 * size + 31, output: 41 * size + 7, cached: 13 * size })
    const bill = (size: number) => {
      const { input, output, cached } = usage(size)
      billed = addUsage(billed, { inputTokens: input, outputTokens: output, cachedTokens: cached, cacheWriteTokens: 0 })
      return { usage: usage(size) }
    }
    provider = await startPackProvider(
      (entries) => ({ ...asAnswer(entries.slice(0, -2).map(rowOf)), ...bill(entries.length) }),
      ({ prompt }) => ({ text: prompt.toUpperCase(), ...bill(1) }),
    )
    const { attempts, outcomes } = await runStage(packSetup(provider, '{size: 7}'), packItems(23))
    expect(shortly(outcomes)).toEqual(shouted(23))
    const sum = attempts().reduce((all, attempt) => addUsage(all, attempt.usage ?? NO_USAGE), NO_USAGE)
    expect(sum).toEqual(billed)
    expect(attempts().reduce((all, attempt) => all + (attempt.costMicros ?? 0), 0)).toBe(
      billed.inputTokens + 3 * billed.outputTokens,
    )
  })
  it('is set aside in the budget for all its items', async () => {
    provider = await startPackProvider()
    const tight = { ...packSetup(provider, '{size: 5}', 'maxTokens: 100'), budgetMicros: 1500 }
    const { outcomes, paused } = await runStage(tight, packItems(5))
    expect(shortly(outcomes)).toEqual(Array.from({ length: 5 }, () => '(suspended)'))
    expect(paused.map(({ kind }) => kind)).toEqual(['budget'])
    expect(provider.calls).toHaveLength(0)
  })
})

describe('a call as it is stored', () => {
  it('is written before it is made and again with its answer; each item has its own place in it', async () => {
    provider = await startPackProvider()
    const { packs, attempts } = await runStage(packSetup(provider, '{size: 3}'), packItems(3))
    const [pack] = packs.values()
    expect(pack).toMatchObject({ stage: 'ask', parent: null, reason: 'size' })
    expect(isJsonObject(JSON.parse(pack?.answer ?? 'null'))).toBe(true)
    expect(attempts().map(({ pack: share }) => share?.pack)).toEqual([pack?.pack, pack?.pack, pack?.pack])
    expect(new Set(attempts().map(({ pack: share }) => share?.id)).size).toBe(3)
    expect(attempts()[1]?.request.messages).toEqual([{ role: 'user', text: 'item 1' }])
  })
})
