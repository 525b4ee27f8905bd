import { describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/json.ts'
import type { StageTrace } from '../../../shared/trace.ts'
import type { PlannedLane, StageList } from '../../core/plan.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import { answeringCalls, plannedStages, refused, succeeded } from '../../testing/plannedStages.ts'
import { itemRecord } from '../lanes/itemRecord.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import { runItem } from '../stages/runItem.ts'
import { type Traced, traceItem } from './traceItem.ts'

const run = { id: 'r', index: 3, total: 9 }

function attempt(path: string, number: number, outcome: AttemptRecord['outcome']): AttemptRecord {
  return {
    run: 'r',
    lane: 0,
    index: 3,
    stage: path,
    number,
    purpose: number === 1 ? 'first' : 'retry',
    tier: 'local',
    model: 'm',
    startedAt: 0,
    latencyMs: 5,
    request: { instructions: null, messages: [{ role: 'user', text: `asked ${path}` }] },
    outcome,
    usage: { inputTokens: 10, outputTokens: 1, cachedTokens: 0, cacheWriteTokens: 0 },
    costMicros: 2,
    rememberedFrom: null,
    reservedMicros: null,
    ask: null,
    pack: null,
    forgotten: false,
  }
}

function outcomeOf(outcome: StageOutcome): AttemptRecord['outcome'] {
  if (outcome.kind === 'succeeded') return { status: 'succeeded', text: '', output: outcome.output }
  if (outcome.kind === 'failed') return { status: 'failed', failure: outcome.failure }
  return { status: 'lost' }
}

interface Made {
  readonly list: StageList
  readonly item: Json
  readonly answer: (prompt: string) => StageOutcome
}

/** Runs an item, and gives what a store would have of it. */
async function traced({ list, item, answer }: Made): Promise<Traced> {
  const plan: PlannedLane = { ...list, begins: null, ends: null }
  const attempts: AttemptRecord[] = []
  const scope = { item, params: {}, run }
  const calls = answeringCalls((prompt, path) => {
    const outcome = answer(prompt)
    attempts.push(attempt(path, 1, outcomeOf(outcome)))
    return outcome
  })
  const end = await runItem(list, scope, calls)
  const base = { run: 'r', lane: 0, index: 3, key: 'k' }
  const record =
    end.kind === 'suspended'
      ? null
      : itemRecord({ ...base, plan, end, gather: null, attempts, latencyMs: 9, revision: 0 })
  const where = { group: null, inGroup: null, liveCells: null, isCancelled: false, revision: 0, retries: new Map() }
  return { ...base, ...where, plan, item: { ok: true, value: item, scope }, attempts, record }
}

const MAP = plannedStages(
  `stages:
  each:
    kind: map
    over: "{{ item }}"
    as: n
    concurrency: 2
    stages:
      ask: { kind: model, instructions: "Be brief.", prompt: "{{ n }}" }
      sub: { kind: chain, file: used.chain.yaml, item: "{{ ask }}" }
    output: "{{ sub }}"
output: "{{ each }}"
`,
  {
    'used.chain.yaml':
      'jacquard: 1\nname: Double\nstages: { twice: { kind: transform, value: "{{ item & item }}" } }\noutput: "{{ twice }}"\n',
  },
)
const stageOf = ({ stages }: { readonly stages: readonly StageTrace[] }, id: string): StageTrace => {
  const found = stages.find(({ stage }) => stage === id)
  if (found === undefined) throw new Error(`There is no trace of ${id}.`)
  return found
}

describe('the trace of a map', () => {
  it('has each element with its stages, and chains inside them, worked out from the stored answers', async () => {
    const trace = await traceItem(
      await traced({ list: MAP, item: ['a', 'b'], answer: (prompt) => succeeded(`${prompt}!`) }),
    )
    const each = stageOf(trace, 'each')
    expect(each).toMatchObject({ kind: 'map', state: 'succeeded', output: ['a!a!', 'b!b!'], attempts: [] })
    expect(each.inner.map(({ label, state, input, output }) => [label, state, input, output])).toEqual([
      ['1', 'succeeded', 'a', 'a!a!'],
      ['2', 'succeeded', 'b', 'b!b!'],
    ])
    const [, second] = each.inner
    expect(second?.stages[0]).toMatchObject({
      ...{ stage: 'ask', kind: 'model', state: 'succeeded', output: 'b!', instructions: 'Be brief.' },
      attempts: [{ stage: 'each/2/ask', number: 1 }],
    })
    expect(second?.stages[1]?.inner).toMatchObject([
      {
        label: 'Double',
        state: 'succeeded',
        input: 'b!',
        output: 'b!b!',
        stages: [{ stage: 'twice', output: 'b!b!' }],
      },
    ])
  })

  it('sums up what its elements took and cost', async () => {
    const trace = await traceItem(await traced({ list: MAP, item: ['a', 'b', 'c'], answer: succeeded }))
    expect(stageOf(trace, 'each')).toMatchObject({ latencyMs: 15, costMicros: 6, usage: { inputTokens: 30 } })
  })

  it('shows the failed element, those behind it that were begun, and those that were not', async () => {
    const answer = (prompt: string) => (prompt === 'b' ? refused('no') : succeeded(prompt))
    const trace = await traceItem(await traced({ list: MAP, item: ['a', 'b', 'c', 'd', 'e', 'f'], answer }))
    expect(trace.error).toEqual({ stage: 'each', kind: 'refused', message: 'Element 2, stage ask: no' })
    const each = stageOf(trace, 'each')
    expect(each).toMatchObject({ state: 'failed', failure: { kind: 'refused' } })
    expect(each.inner.map(({ state }) => state).slice(0, 2)).toEqual(['succeeded', 'failed'])
    expect(each.inner[1]).toMatchObject({
      failure: { kind: 'refused', message: 'no' },
      stages: [{ state: 'failed' }, { state: 'skipped' }],
    })
    expect(each.inner.at(-1)).toMatchObject({ label: '6', state: 'skipped' })
  })

  it('keeps elements that were answered before an earlier one failed late', async () => {
    const made = await traced({
      list: MAP,
      item: ['a', 'b', 'c', 'd', 'e'],
      answer: (prompt) => (prompt === 'a' ? refused('no') : succeeded(prompt)),
    })
    const late = {
      ...made,
      attempts: [
        ...made.attempts.filter(({ stage }) => stage !== 'each/5/ask'),
        attempt('each/5/ask', 1, outcomeOf(succeeded('e'))),
      ],
    }
    const each = stageOf(await traceItem(late), 'each')
    expect(each.inner[4]).toMatchObject({ label: '5', state: 'succeeded', output: 'ee' })
    expect(each.failure).toMatchObject({ message: 'Element 1, stage ask: no' })
  })

  it('shows a thousand elements, and says how many more there are', async () => {
    const item = Array.from({ length: 1203 }, (_, n) => n)
    const { inner } = stageOf(await traceItem(await traced({ list: MAP, item, answer: succeeded })), 'each')
    expect(inner).toHaveLength(1001)
    expect(inner[999]).toMatchObject({ label: '1000', output: '999999' })
    expect(inner[1000]).toMatchObject({ label: 'and 203 more', stages: [] })
  })

  it('is open where the run has not come to', async () => {
    const made = await traced({
      list: MAP,
      item: ['a', 'b', 'c'],
      answer: (prompt) => (prompt === 'b' ? { kind: 'suspended' } : succeeded(prompt)),
    })
    expect(made.record).toBeNull()
    const live = await traceItem({ ...made, liveCells: new Uint8Array([1]) })
    expect(live.status).toBe('running')
    expect(stageOf(live, 'each').inner.map(({ state }) => state)).toEqual(['succeeded', 'waiting', 'succeeded'])
    const running = made.attempts.map(
      (own): AttemptRecord => (own.stage === 'each/2/ask' ? { ...own, outcome: { status: 'running' } } : own),
    )
    expect(
      stageOf(await traceItem({ ...made, attempts: running, liveCells: new Uint8Array([1]) }), 'each').inner[1],
    ).toMatchObject({
      state: 'running',
      stages: [{ state: 'running' }, { state: 'waiting' }],
    })
    const killed = stageOf(await traceItem({ ...made, attempts: running }), 'each').inner[1]
    expect(killed?.stages[0]?.attempts).toMatchObject([{ outcome: { status: 'lost' } }])
  })

  it('says of a halted one which stage had failed', async () => {
    const list = plannedStages(`stages:
  first: { kind: model, prompt: "x" }
  each: { kind: map, after: [first], over: "{{ item }}", as: n, stages: { ask: { kind: model, prompt: "{{ n }}" } } }
`)
    const trace = await traceItem(await traced({ list, item: [1], answer: () => refused('no') }))
    expect(stageOf(trace, 'each')).toMatchObject({ state: 'skipped', reason: 'Stage first failed.', inner: [] })
  })
})

describe('the trace of a split input', () => {
  const list = plannedStages('stages: { long: { kind: model, prompt: "{{ item }}", tooLong: split } }')
  const parts = [
    attempt('long/part-1', 1, outcomeOf(succeeded('one'))),
    attempt('long/part-2', 1, outcomeOf(refused('later'))),
    attempt('long/part-2', 2, outcomeOf(succeeded('two'))),
  ]
  const of = async (attempts: AttemptRecord[]) => {
    const made = await traced({ list, item: 'text', answer: () => ({ kind: 'suspended' }) })
    return stageOf(await traceItem({ ...made, attempts }), 'long')
  }
  it('has its parts and what combined them, each with its attempts', async () => {
    const long = await of([...parts, attempt('long/combine', 1, outcomeOf(succeeded('both')))])
    expect(long).toMatchObject({ state: 'succeeded', output: 'both', attempts: [], latencyMs: 20, prompt: 'text' })
    expect(long.inner.map(({ label, state, input, output }) => [label, state, input, output])).toEqual([
      ['part 1', 'succeeded', 'asked long/part-1', 'one'],
      ['part 2', 'succeeded', 'asked long/part-2', 'two'],
      ['combine', 'succeeded', 'asked long/combine', 'both'],
    ])
    expect(long.inner[1]?.stages).toMatchObject([
      { stage: 'long', attempts: [{ number: 1 }, { number: 2 }], inner: [] },
    ])
  })
  it('has parts in parts, though the model had first found the whole too long', async () => {
    const tooLong = outcomeOf({ kind: 'failed', failure: { kind: 'too_long', raw: null, message: 'too long' } })
    const long = await of([
      attempt('long', 1, tooLong),
      attempt('long/part-1', 1, tooLong),
      attempt('long/part-1/part-1', 1, outcomeOf(succeeded('a'))),
      attempt('long/part-1/combine', 1, outcomeOf(succeeded('a'))),
      attempt('long/part-2', 1, outcomeOf(succeeded('b'))),
      attempt('long/combine', 1, outcomeOf(succeeded('ab'))),
    ])
    expect(long).toMatchObject({ state: 'succeeded', output: 'ab', failure: null, attempts: [{ number: 1 }] })
    expect(long.inner).toMatchObject([
      { label: 'part 1', state: 'succeeded', stages: [{ inner: [{ label: 'part 1' }, { label: 'combine' }] }] },
      { label: 'part 2', state: 'succeeded' },
      { label: 'combine', state: 'succeeded' },
    ])
  })
  it('is open until they are combined', async () => {
    expect(await of(parts)).toMatchObject({ state: 'waiting', output: null })
  })
})

describe('the trace of an item that cannot be read any more', () => {
  it('still has the attempts of its own stages', async () => {
    const list = plannedStages('stages: { ask: { kind: model, prompt: "{{ item }}" } }')
    const made = await traced({ list, item: 'x', answer: succeeded })
    const trace = await traceItem({ ...made, item: { ok: false, message: 'It is gone.' } })
    expect(trace).toMatchObject({ item: null, itemProblem: 'It is gone.', status: 'succeeded' })
    expect(stageOf(trace, 'ask')).toMatchObject({ state: 'succeeded', prompt: 'asked ask', output: 'x' })
  })
})
