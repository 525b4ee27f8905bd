import { describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/json.ts'
import { FakeClock } from '../../testing/fakeClock.ts'
import { answeringCalls, plannedStages, refused, succeeded } from '../../testing/plannedStages.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import { runItem } from './runItem.ts'
import type { StageCalls } from './stageCalls.ts'

const run = { id: 'r', index: 0, total: 1 }
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
const scopeOf = (item: Json) => ({ item, params: {}, run })
const never = new AbortController().signal

/** A map that asks for each number of the item. */
const askEach = (keys = '') =>
  plannedStages(`stages:
  each:
    kind: map
    over: "{{ item }}"
    as: n${keys === '' ? '' : `\n    ${keys}`}
    stages: { ask: { kind: model, prompt: "{{ n }}" } }
    output: "{{ ask }}"
output: "{{ each }}"
`)

interface Timed {
  /** The prompt answered after so many milliseconds. */
  readonly answer: (n: number) => { readonly ms: number; readonly outcome: StageOutcome }
  readonly calls?: Partial<StageCalls>
}

/** Runs it on a clock that is moved on until all is done. */
async function timed(list: ReturnType<typeof plannedStages>, item: Json, { answer, calls = {} }: Timed) {
  const clock = new FakeClock()
  const started: number[] = []
  let active = 0
  let peak = 0
  const asking = answeringCalls(async (prompt) => {
    started.push(Number(prompt))
    peak = Math.max(peak, ++active)
    const { ms, outcome } = answer(Number(prompt))
    await clock.sleep(ms, never)
    active--
    return outcome
  })
  const ended = runItem(list, scopeOf(item), { ...asking, ...calls }).then((end) => ({ end, ms: clock.now() }))
  await clock.advance(1_000_000)
  return { ...(await ended), started, peak }
}

describe('a map', () => {
  it('gives the outputs in the order of its list, however long each takes', async () => {
    const answer = (n: number) => ({ ms: (n * 7919) % 100, outcome: succeeded(n * 2) })
    const { end } = await timed(askEach('concurrency: unbounded'), numbers(100), { answer })
    expect(end).toMatchObject({ kind: 'done', output: numbers(100).map((n) => n * 2) })
  })

  it('is a pool: a slow element holds up no other, and its bound holds exactly', async () => {
    const answer = (n: number) => ({ ms: n % 8 === 0 ? 200 : 20, outcome: succeeded(n) })
    const { ms, peak } = await timed(askEach(), numbers(64), { answer })
    expect(peak).toBe(8)
    // 2,720 ms of work for eight at a time; in chunks of eight it would take 1,600 ms.
    expect(ms).toBeLessThan(1.5 * (2720 / 8))
  })

  it.each([16, 100, 1000])('ends for %i elements, twice at once from one plan', async (count) => {
    const list = askEach('concurrency: 16')
    const answer = (n: number) => ({ ms: n % 5, outcome: succeeded(n) })
    const runs = await Promise.all([1, 2].map(() => timed(list, numbers(count), { answer })))
    for (const { end } of runs) expect(end).toMatchObject({ kind: 'done', output: numbers(count) })
  })

  it('of an empty list is an empty list', async () => {
    const { end, started } = await timed(askEach(), [], { answer: (n) => ({ ms: 1, outcome: succeeded(n) }) })
    expect(end).toMatchObject({ kind: 'done', status: 'succeeded', output: [] })
    expect(started).toEqual([])
  })

  it('fails over what is no list, with what it found instead', async () => {
    const { end } = await timed(askEach(), 'a text', { answer: (n) => ({ ms: 1, outcome: succeeded(n) }) })
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'each', kind: 'expression' } })
    expect(end.kind === 'failed' && end.error.message).toContain('the text "a text"')
  })

  it('refuses a list that is too long to be held', async () => {
    const { end, started } = await timed(askEach(), numbers(100_001), {
      answer: (n) => ({ ms: 1, outcome: succeeded(n) }),
    })
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'each', kind: 'invalid_input' } })
    expect(started).toEqual([])
  })

  it('starts all elements at once where it is unbounded', async () => {
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let active = 0
    const calls = answeringCalls(async (prompt) => {
      if (++active === 500) open()
      await gate
      return succeeded(prompt)
    })
    expect(await runItem(askEach('concurrency: unbounded'), scopeOf(numbers(500)), calls)).toMatchObject({
      kind: 'done',
    })
  })

  it('starts as many as a shared call takes, for it could not fill else', async () => {
    const list = plannedStages(`stages:
  each:
    kind: map
    over: "{{ item }}"
    as: n
    concurrency: 2
    stages: { ask: { kind: model, prompt: "{{ n }}", pack: { size: 25 } } }
`)
    const answer = (n: number) => ({ ms: 50, outcome: succeeded(n) })
    expect((await timed(list, numbers(60), { answer })).peak).toBe(25)
  })

  it('that only computes leaves the event loop room, however long its list', async () => {
    const list = plannedStages(
      'stages: { each: { kind: map, over: "{{ item }}", as: n, stages: { sum: { kind: transform, value: "{{ n }}" } } } }',
    )
    let turns = 0
    let isOver = false
    const count = () => {
      turns++
      if (!isOver) setImmediate(count)
    }
    setImmediate(count)
    await runItem(
      list,
      scopeOf(numbers(6400)),
      answeringCalls(() => refused('')),
    )
    isOver = true
    expect(turns).toBeGreaterThan(90)
  })

  it('gives null for an element all whose stages were skipped', async () => {
    const list = plannedStages(`stages:
  each:
    kind: map
    over: "{{ item }}"
    as: n
    stages: { odd: { kind: transform, when: "n % 2 = 1", value: "{{ n }}" } }
    output: "{{ odd }}"
output: "{{ each }}"
`)
    expect(
      await runItem(
        list,
        scopeOf([1, 2, 3]),
        answeringCalls(() => refused('')),
      ),
    ).toMatchObject({
      output: [1, null, 3],
    })
  })

  it('shows its stages the outer names, the element under its name, and which one of how many it is', async () => {
    const list = plannedStages(`stages:
  before: { kind: transform, value: "{{ item.word }}" }
  each:
    kind: map
    over: "{{ item.list }}"
    as: part
    stages: { show: { kind: transform, value: "{{ before }} {{ part.name }} {{ map.index }}/{{ map.total }} {{ run.id }}" } }
    output: "{{ show }}"
output: "{{ each }}"
`)
    const item = { word: 'w', list: [{ name: 'a' }, { name: 'b' }] }
    expect(
      await runItem(
        list,
        scopeOf(item),
        answeringCalls(() => refused('')),
      ),
    ).toMatchObject({
      output: ['w a 0/2 r', 'w b 1/2 r'],
    })
  })

  it('names the cells of its elements by their number', async () => {
    const paths: string[] = []
    const calls = answeringCalls((_prompt, path) => {
      paths.push(path)
      return succeeded(1)
    })
    const ended: string[] = []
    await runItem(askEach(), scopeOf([5, 6]), { ...calls, ended: (_stage, path) => ended.push(path) })
    expect(paths).toEqual(['each/1/ask', 'each/2/ask'])
    expect(ended).toEqual(['each/1/ask', 'each/2/ask', 'each'])
  })
})

describe('a map with failing elements', () => {
  const failsFor = (failing: Record<number, number>) => (n: number) => {
    const ms = failing[n]
    return ms === undefined ? { ms: 100, outcome: succeeded(n) } : { ms, outcome: refused(`no ${n}`) }
  }
  const answer = failsFor({ 2: 200, 5: 50, 9: 10 })

  it('tells the first error by index though another one came first, and begins nothing after it', async () => {
    const { end, started } = await timed(askEach(), numbers(20), { answer })
    expect(end).toMatchObject({
      kind: 'failed',
      error: { stage: 'each', kind: 'refused', message: 'Element 3, stage ask: no 2' },
    })
    expect(started).toEqual(numbers(8))
  })
  it('that is unbounded begins all of them, and tells the same error', async () => {
    const { end, started } = await timed(askEach('concurrency: unbounded'), numbers(20), { answer })
    expect(end).toMatchObject({ error: { message: 'Element 3, stage ask: no 2' } })
    expect(started).toHaveLength(20)
  })
  it('leaves them out where it skips', async () => {
    const { end } = await timed(askEach('onError: skip'), numbers(20), { answer })
    expect(end).toMatchObject({ kind: 'done', output: numbers(20).filter((n) => ![2, 5, 9].includes(n)) })
  })
  it('keeps their errors in their places where it collects', async () => {
    const { end } = await timed(askEach('onError: collect'), numbers(4), { answer })
    expect(end).toMatchObject({
      output: [0, 1, { error: { kind: 'refused', message: 'no 2', stage: 'ask' } }, 3],
    })
  })
  it('stops a sequential one where it stands', async () => {
    const { end, started } = await timed(askEach('mode: sequential'), numbers(20), { answer })
    expect(started).toEqual([0, 1, 2])
    expect(end).toMatchObject({ error: { message: 'Element 3, stage ask: no 2' } })
  })
  it('begins no further one when another stage has failed the item', async () => {
    const list = plannedStages(`stages:
  each: { kind: map, over: "{{ item }}", as: n, concurrency: 2, stages: { ask: { kind: model, prompt: "{{ n }}" } } }
  other: { kind: model, prompt: "99" }
`)
    const { end, started } = await timed(list, numbers(20), { answer: failsFor({ 99: 150 }) })
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'other' } })
    expect(end.stages[0]).toEqual({ kind: 'skipped', reason: 'Stage other failed.' })
    expect(started.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 99])
  })
  it('lets what is in flight end before a mistake of ours comes out', async () => {
    let ended = 0
    const calls = answeringCalls(async (prompt) => {
      if (prompt === '1') throw new Error('a bug')
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended++
      return succeeded(1)
    })
    await expect(runItem(askEach('concurrency: 3'), scopeOf(numbers(9)), calls)).rejects.toThrow('a bug')
    expect(ended).toBe(2)
  })
})

describe('a sequential map', () => {
  it('runs one element after the other, each with the output of the one before', async () => {
    const list = plannedStages(`stages:
  each:
    kind: map
    over: "{{ item }}"
    as: n
    mode: sequential
    stages:
      wait: { kind: model, prompt: "{{ n }}" }
      sum: { kind: transform, value: "{{ ($exists(map.previous) and map.previous != null ? map.previous : 0) + wait }}" }
    output: "{{ sum }}"
output: "{{ each }}"
`)
    const answer = (n: number) => ({ ms: 10 - n, outcome: succeeded(n) })
    const { end, peak } = await timed(list, [1, 2, 3, 4], { answer })
    expect(end).toMatchObject({ output: [1, 3, 6, 10] })
    expect(peak).toBe(1)
  })
})

describe('a map while the run pauses', () => {
  it('begins no further element, awaits those in flight, and is suspended', async () => {
    let suspended = false
    const { end, started } = await timed(askEach('concurrency: 4'), numbers(20), {
      answer: (n) => {
        if (n === 5) suspended = true
        return { ms: 10, outcome: succeeded(n) }
      },
      calls: { isSuspended: () => suspended },
    })
    expect(end.kind).toBe('suspended')
    expect(started).toEqual([0, 1, 2, 3, 4, 5])
  })
  it('fails nevertheless where all elements before the failed one are decided', async () => {
    let suspended = false
    const { end } = await timed(askEach('concurrency: 1'), numbers(20), {
      answer: (n) => {
        if (n === 2) suspended = true
        return { ms: 10, outcome: n === 2 ? refused('no') : succeeded(n) }
      },
      calls: { isSuspended: () => suspended },
    })
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'each' } })
  })
})
