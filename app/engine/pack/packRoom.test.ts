import { afterEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../testing/fakeClock.ts'
import { runStage, shortly, startStage } from '../../testing/modelStages.ts'
import {
  asAnswer,
  entriesOf,
  packItems,
  packSetup,
  packSizes,
  rowOf,
  shouted,
  startPackProvider,
} from '../../testing/packAnswers.ts'
import type { Provider, ProviderCall } from '../../testing/provider.ts'

let provider: Provider
afterEach(() => provider.close())

describe('items that wait for others', () => {
  it('are asked after `within` where more may come', async () => {
    provider = await startPackProvider()
    const clock = new FakeClock()
    const run = await startStage({ ...packSetup(provider, '{size: 10, within: 30}'), clock, mayGrow: () => true })
    const first = run.ask({ text: 'a' })
    await clock.advance(29_000)
    const second = run.ask({ text: 'b' })
    await clock.advance(0)
    expect([run.room.waiting(), provider.calls.length]).toEqual([2, 0])
    await clock.advance(1000)
    expect(shortly(await Promise.all([first, second]))).toEqual(['A', 'B'])
    expect(run.counts()[0]?.reasons).toEqual({ size: 0, tokens: 0, within: 1, end: 0 })
  })
  it('are asked when nothing is in flight that could bring more, and not before', async () => {
    provider = await startPackProvider()
    const clock = new FakeClock()
    let mayGrow = true
    const run = await startStage({ ...packSetup(provider, '{size: 10}'), clock, mayGrow: () => mayGrow })
    const asked = [run.ask({ text: 'a' }), run.ask({ text: 'b' })]
    await clock.advance(60_000)
    expect(run.room.waiting()).toBe(2)
    run.room.enter()
    mayGrow = false
    await clock.advance(60_000)
    expect(run.room.waiting()).toBe(2)
    run.room.leave()
    expect(shortly(await Promise.all(asked))).toEqual(['A', 'B'])
    expect(packSizes(provider)).toEqual([2])
  })
  it('are seen once a second where nobody said that no more can come', async () => {
    provider = await startPackProvider()
    const clock = new FakeClock()
    let mayGrow = true
    const run = await startStage({ ...packSetup(provider, '{size: 10}'), clock, mayGrow: () => mayGrow })
    const asked = [run.ask({ text: 'a' }), run.ask({ text: 'b' })]
    await clock.advance(100)
    mayGrow = false
    await clock.advance(1000)
    for (let turn = 0; turn < 5; turn++) await clock.advance(0)
    expect(shortly(await Promise.all(asked))).toEqual(['A', 'B'])
  })
  it('come back undone when the run pauses; a call in flight is awaited', async () => {
    provider = await startPackProvider((entries) => ({ ...asAnswer(entries.map(rowOf)), delayMs: 30 }))
    const run = await startStage({ ...packSetup(provider, '{size: 3}'), mayGrow: () => true })
    const asked = packItems(5).map((item) => run.ask(item))
    while (provider.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    run.stops.stopStarting()
    expect(shortly(await Promise.all(asked))).toEqual([...shouted(3), '(suspended)', '(suspended)'])
    expect(run.attempts().map(({ index }) => index)).toEqual([0, 1, 2])
  })
})

describe('after a kill', () => {
  it('items of a call in flight are asked again, answered ones are not', async () => {
    provider = await startPackProvider()
    const { attempts, packs } = await runStage(packSetup(provider, '{size: 4}'), packItems(8))
    const second = attempts().find(({ index }) => index === 4)?.pack?.pack
    const before = attempts().map((attempt) =>
      attempt.pack?.pack === second
        ? { ...attempt, outcome: { status: 'lost' as const }, usage: null, costMicros: null, latencyMs: null }
        : attempt,
    )
    expect(packs.get(second ?? '')?.answer).toContain('ITEM 5')
    const resumed = await runStage({ ...packSetup(provider, '{size: 4}'), before }, packItems(8))
    expect(shortly(resumed.outcomes)).toEqual(shouted(8))
    expect(packSizes(provider)).toEqual([4, 4, 4])
    expect(entriesOf(provider.calls[2] as ProviderCall)?.map(({ input }) => input)).toEqual(
      packItems(8)
        .slice(4)
        .map(({ text }) => text),
    )
  })
})

describe('counts of packs', () => {
  it('go on from those before a pause', async () => {
    provider = await startPackProvider()
    const first = await runStage(packSetup(provider, '{size: 4}'), packItems(6))
    const before = [...first.counts(), { ...NO_PACKS, stage: 'gone' }]
    const second = await runStage({ ...packSetup(provider, '{size: 4}'), packsBefore: before }, packItems(4))
    const reasons = { size: 2, tokens: 0, within: 0, end: 1 }
    expect(second.counts()).toEqual([
      { ...NO_PACKS, stage: 'gone' },
      { ...NO_PACKS, stage: 'ask', calls: 3, answered: 10, reasons },
    ])
  })
})

const NO_PACKS = {
  stage: '',
  calls: 0,
  answered: 0,
  again: 0,
  waiting: 0,
  reasons: { size: 0, tokens: 0, within: 0, end: 0 },
  size: 4,
}
