import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunProgress } from '../../shared/run.ts'
import { connectHost } from '../lib/host.ts'
import { useChainStore } from './chainStore.ts'
import { selectParams, useTestStore } from './testStore.ts'

const SOURCE = { text: ['one', 'two'] }
const store = () => useTestStore.getState()
const progress = { summary: { run: 'r1' } } as unknown as RunProgress

/** What the host would say now of the one test run that it makes. */
let status: string
let runState: string
let calls: { command: string; request: unknown }[]
/** What happens right after the trace has been read. */
let afterTrace: () => void

/** By lane; what there is not, is not asked for. */
let tracesByLane: readonly (() => unknown)[]
const itemTrace = (more: object) => ({ run: 'r1', lane: 0, inGroup: null, stages: [], ...more })

const ANSWERS: Record<string, (request: unknown) => unknown> = {
  'source.preview': () => ({ label: 'text', total: 2, items: [{ index: 0 }, { index: 1 }], fields: [], sample: null }),
  'source.item': () => ({ key: '1', value: { text: 'one' } }),
  'runs.test': () => ({ run: 'r1' }),
  'runs.trace': (request) => tracesByLane[(request as { lane: number }).lane]?.() ?? null,
  'runs.get': () => ({ summary: { run: 'r1', state: { status: runState } } }),
}

beforeEach(() => {
  status = 'running'
  runState = 'running'
  calls = []
  afterTrace = () => {}
  tracesByLane = [() => itemTrace({ status })]
  connectHost({
    async call(command, request) {
      calls.push({ command, request })
      const value = ANSWERS[command]?.(request)
      if (command === 'runs.trace') afterTrace()
      return { ok: true, value }
    },
    listen: () => () => {},
  })
})
afterEach(() => store().reset())

async function started(): Promise<void> {
  await store().loadItems(SOURCE)
  await store().start()
}

it('follows the run until its item is done', async () => {
  await started()
  expect(store().test).toMatchObject({ status: 'running', run: 'r1' })
  status = 'succeeded'
  store().applyProgress(progress)
  await vi.waitFor(() => expect(store().test).toMatchObject({ status: 'done', trace: { status: 'succeeded' } }))
})

it('never takes what it read of a running item for the last word of a run that has ended since', async () => {
  await started()
  afterTrace = () => {
    status = 'succeeded'
    runState = 'completed'
  }
  await store().refresh()
  expect(store().test).not.toMatchObject({ status: 'done', trace: { status: 'running' } })
  store().applyProgress(progress)
  await vi.waitFor(() => expect(store().test).toMatchObject({ status: 'done', trace: { status: 'succeeded' } }))
})

it('is done where the run stopped and left its item waiting, as with a wrong key', async () => {
  await started()
  status = 'waiting'
  runState = 'paused'
  store().applyProgress(progress)
  await vi.waitFor(() => expect(store().test).toMatchObject({ status: 'done', trace: { status: 'waiting' } }))
})

it('follows the item into its group, and is done when the last lane is', async () => {
  let ofGroup = 'running'
  tracesByLane = [() => itemTrace({ status: 'gathered', inGroup: 0 }), () => itemTrace({ lane: 1, status: ofGroup })]
  await started()
  expect(store().test).toMatchObject({ status: 'running', groups: [{ lane: 1, status: 'running' }] })
  ofGroup = 'succeeded'
  store().applyProgress(progress)
  await vi.waitFor(() =>
    expect(store().test).toMatchObject({
      status: 'done',
      trace: { status: 'gathered' },
      groups: [{ status: 'succeeded' }],
    }),
  )
})

it('goes on while an item that was gathered waits for its group', async () => {
  tracesByLane = [() => itemTrace({ status: 'gathered' })]
  await started()
  expect(store().test).toMatchObject({ status: 'running', groups: [] })
})

it('shows no try beside another item than it was of', async () => {
  await started()
  store().choose(1)
  status = 'succeeded'
  store().applyProgress(progress)
  expect(store().test).toEqual({ status: 'none' })
})

it('does not read a source again that says the same', async () => {
  await store().loadItems(SOURCE)
  await store().loadItems({ text: [...SOURCE.text] })
  expect(calls.filter(({ command }) => command === 'source.preview')).toHaveLength(1)
})

it('runs pasted JSON as the item itself, and pasted text as the text of one', async () => {
  store().paste('{"company": "ACME"}')
  await store().start()
  store().paste('Hello')
  await store().start()
  const items = calls
    .filter(({ command }) => command === 'runs.test')
    .map(({ request }) => (request as { item: unknown }).item)
  expect(items).toEqual([{ value: { company: 'ACME' } }, { value: { name: 'pasted', text: 'Hello' } }])
})

it('takes answers from memory unless it is told not to', async () => {
  store().paste('Hello')
  await store().start()
  store().paste('Hello')
  await store().start({ memory: false })
  const memory = calls
    .filter(({ command }) => command === 'runs.test')
    .map(({ request }) => (request as { memory?: boolean }).memory)
  expect(memory).toEqual([undefined, false])
})

describe('params of the tries', () => {
  const CHAIN =
    'jacquard: 1\nparams: { tone: { type: string, enum: [short, long] } }\nstages: { a: { kind: transform, value: 1 } }\n'

  beforeEach(async () => {
    ANSWERS['chains.read'] = () => ({ text: CHAIN, version: 'v1' })
    await useChainStore.getState().open('chains/a.chain.yaml')
    store().paste('Hello')
    calls = []
  })

  it('must all have a right value before anything is run', async () => {
    await store().start()
    store().setParams({ tone: 'loud' })
    await store().start()
    expect(calls.filter(({ command }) => command === 'runs.test')).toEqual([])
    store().setParams({ tone: 'long', gone: 1 })
    await store().start()
    expect(calls.find(({ command }) => command === 'runs.test')?.request).toMatchObject({ params: { tone: 'long' } })
  })

  it('are kept by chain while others are open', () => {
    store().setParams({ tone: 'long' })
    store().reset()
    expect(selectParams('chains/a.chain.yaml')(store())).toEqual({ tone: 'long' })
    expect(selectParams('chains/b.chain.yaml')(store())).toEqual({})
  })
})
