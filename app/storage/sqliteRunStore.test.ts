import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { NO_USAGE } from '../../shared/usage.ts'
import type {
  AttemptRecord,
  GroupRecord,
  ItemQuery,
  ItemRecord,
  PackRecord,
  RevisionRecord,
  RunProgressRecord,
  RunRecord,
  RunStore,
} from '../ports/runStore.ts'
import { aWorkspace } from '../testing/workspace.ts'
import { openRunStore } from './sqliteRunStore.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

async function aStore(): Promise<{ store: RunStore; file: string }> {
  const workspace = await aWorkspace()
  const file = join(workspace.folder, '.jacquard', 'jacquard.db')
  const store = await openRunStore(file, () => Date.now())
  opened.push({ close: () => workspace.remove() }, store)
  return { store, file }
}

const TOTALS = {
  succeeded: 0,
  failed: 0,
  skipped: 0,
  costMicros: 0,
  unpricedCalls: 0,
  calls: 0,
  reused: 0,
  remembered: 0,
  savedMicros: 0,
  uncertainMicros: 0,
  usage: NO_USAGE,
}
const PROGRESS: RunProgressRecord = {
  state: { status: 'running' },
  items: 3,
  endedAt: null,
  activeMs: 0,
  concurrency: 8,
  budgetMicros: null,
  totals: TOTALS,
  lanes: [
    {
      begins: null,
      items: 3,
      counts: { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 3 },
      gather: null,
    },
  ],
  packs: [],
  revision: 0,
  canary: null,
  ignoredWires: [],
  unaccounted: null,
}

function aRun(run: string, kind: RunRecord['kind'] = 'batch'): RunRecord & RunProgressRecord {
  return {
    ...PROGRESS,
    run,
    kind,
    chainFile: null,
    chainName: 'C',
    chainText: 'jacquard: 1',
    options: {},
    files: { 'workers/w.yaml': 'name: w' },
    stages: [{ id: 'a', kind: 'model', tier: 'local', lane: 0 }],
    sourceLabel: 'in',
    sink: null,
    output: null,
    grows: false,
    simulated: true,
    startedAt: 1,
    testItem: null,
  }
}

function anItem(index: number, change: Partial<ItemRecord> = {}): ItemRecord {
  return {
    run: 'r',
    lane: 0,
    index,
    key: `k${index}`,
    status: 'succeeded',
    outputJson: `{"n":${index}}`,
    error: null,
    usage: NO_USAGE,
    costMicros: index,
    latencyMs: 1.5,
    retries: 0,
    stagesJson: '{}',
    cells: Uint8Array.of(3),
    savedMicros: 0,
    cause: null,
    revision: 0,
    isRedone: false,
    ...change,
  }
}

function anAttempt(index: number, change: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    run: 'r',
    lane: 0,
    index,
    stage: 'a',
    number: 1,
    purpose: 'first',
    tier: 'local',
    model: 'm',
    startedAt: 5,
    latencyMs: null,
    request: { instructions: null, messages: [{ role: 'user', text: 'hi' }] },
    outcome: { status: 'running' },
    usage: null,
    costMicros: null,
    rememberedFrom: null,
    reservedMicros: null,
    ask: null,
    pack: null,
    forgotten: false,
    ...change,
  }
}

describe('the run store', () => {
  it('tells of a write when it is on disk, where another process can read it', async () => {
    const { store, file } = await aStore()
    await store.createRun(aRun('r'), null)
    await new Promise<void>((resolve) => store.itemFinished(anItem(0), resolve))
    const script = `const { DatabaseSync } = require('node:sqlite'); process.stdout.write(String(new DatabaseSync(process.argv[1]).prepare('select count(*) as n from items').get().n))`
    expect(
      execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script, file]).toString(),
    ).toBe('1')
  })

  it('gives back what was written', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), ['x.txt', 'y.txt'])
    const ended = anAttempt(0, {
      latencyMs: 12.5,
      outcome: { status: 'succeeded', text: '{"a":1}', output: { a: 1 } },
      usage: { inputTokens: 3, outputTokens: 2, cachedTokens: 1, cacheWriteTokens: 1 },
      costMicros: 7,
    })
    const failed = anAttempt(1, {
      latencyMs: 1,
      outcome: { status: 'failed', failure: { kind: 'refused', message: 'no' } },
    })
    const error = { stage: 'a', kind: 'refused' as const, message: 'no' }
    for (const attempt of [ended, failed]) {
      store.attemptStarted({
        ...attempt,
        latencyMs: null,
        outcome: { status: 'running' },
        usage: null,
        costMicros: null,
      })
      store.attemptEnded(attempt, () => undefined)
    }
    store.attemptStarted(anAttempt(1, { number: 2 }))
    store.itemFinished(anItem(0), () => undefined)
    store.itemFinished(anItem(1, { status: 'failed', error, outputJson: 'null' }), () => undefined)
    await store.flush()
    expect(store.attempts('r', 0, 0)).toEqual([ended])
    expect(store.attempts('r', 0, 1)).toEqual([failed, anAttempt(1, { number: 2 })])
    expect(store.items('r', 0, { from: 0, to: 10 })).toEqual([
      anItem(0),
      anItem(1, { status: 'failed', error, outputJson: 'null' }),
    ])
    expect(store.keys('r', [1, 0])).toEqual(['y.txt', 'x.txt'])
    expect(store.run('r')).toEqual({ ...aRun('r'), isLive: true })
  })

  it('lists runs newest first, batches apart from tests, a page at a time', async () => {
    const { store } = await aStore()
    for (const run of ['r1', 'r2', 'r3']) await store.createRun(aRun(run), null)
    await store.createRun(aRun('t1', 'test'), null)
    const list = (before: string | null) => store.runs({ kind: 'batch', limit: 2, before }).map(({ run }) => run)
    expect([list(null), list('r2')]).toEqual([['r3', 'r2'], ['r1']])
  })

  it('gives a resumed run its finished items and the attempts of those begun', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    for (const index of [0, 1]) store.attemptStarted(anAttempt(index))
    store.itemFinished(anItem(0), () => undefined)
    await store.flush()
    const { finished, sealed, begun } = store.history('r', 0, { from: 0, to: store.reached('r', 0) })
    expect(finished).toEqual([{ index: 0, status: 'succeeded', cells: Uint8Array.of(3) }])
    expect(sealed).toEqual([])
    expect([...begun.entries()]).toEqual([[1, [anAttempt(1)]]])
  })

  it('forgets failed items and the attempts of their failed stages, not those of good stages', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    const good = anAttempt(0, { stage: 'good', outcome: { status: 'succeeded', text: 'x', output: 'x' } })
    const bad = anAttempt(0, { stage: 'bad', outcome: { status: 'failed', failure: { kind: 'refused', message: '' } } })
    const other = anAttempt(1, { stage: 'bad', outcome: { status: 'succeeded', text: 'x', output: 'x' } })
    for (const attempt of [good, bad, other]) {
      store.attemptStarted(attempt)
      store.attemptEnded(attempt, () => undefined)
    }
    store.itemFinished(anItem(0, { status: 'failed' }), () => undefined)
    store.itemFinished(anItem(1), () => undefined)
    await store.redo('r', { kind: 'failed' }, { revision: null, stages: [], progress: PROGRESS })
    // Its result stands until a new one takes its place.
    expect(store.items('r', 0, { from: 0, to: 10 }).map(({ index, isRedone }) => [index, isRedone])).toEqual([
      [0, true],
      [1, false],
    ])
    expect(store.history('r', 0, { from: 0, to: 10 }).finished.map(({ index }) => index)).toEqual([1])
    expect(store.attempts('r', 0, 0).map(({ stage, forgotten }) => [stage, forgotten])).toEqual([
      ['good', false],
      ['bad', true],
    ])
    expect(store.attempts('r', 0, 1).map(({ forgotten }) => forgotten)).toEqual([false])
  })

  it('asks again for items that are named, and leaves the attempts of all others as they are', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    for (const index of [0, 1, 2])
      for (const stage of ['a', 'b', 'b/part-1', 'ab']) {
        const attempt = anAttempt(index, { stage, outcome: { status: 'succeeded', text: 'x', output: 'x' } })
        store.attemptStarted(attempt)
        store.attemptEnded(attempt, () => undefined)
      }
    // Item 2 is in the middle: nothing of it is asked again either.
    for (const index of [0, 1]) store.itemFinished(anItem(index, { status: 'failed' }), () => undefined)
    const revision: RevisionRecord = {
      ...{ run: 'r', revision: 1, at: 7, chainText: 'jacquard: 1', files: {}, options: {} },
      ...{ changed: ['b'], scope: 'items' },
    }
    const redo = { kind: 'items' as const, lane: 0, indexes: [1] }
    await store.redo('r', redo, { revision, stages: ['b'], progress: PROGRESS })
    const forgotten = (index: number) =>
      store
        .attempts('r', 0, index)
        .filter((attempt) => attempt.forgotten)
        .map(({ stage }) => stage)
    expect([0, 1, 2].map(forgotten)).toEqual([[], ['b', 'b/part-1'], []])
    expect(store.itemsAt('r', 0, [0, 1]).map(({ isRedone }) => isRedone)).toEqual([false, true])
    expect([...store.itemRevisions('r', 0)]).toEqual([[1, 1]])
    expect(store.revisions('r')).toEqual([revision])
    expect(store.run('r')).toMatchObject({
      state: { status: 'interrupted' },
      isLive: false,
      revision: 1,
      totals: { failed: 1 },
    })
  })

  it('asks again for all, but keeps what is no cell of a changed stage', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    for (const stage of ['a', 'b']) {
      const attempt = anAttempt(0, { stage, outcome: { status: 'succeeded', text: 'x', output: 'x' } })
      store.attemptStarted(attempt)
      store.attemptEnded(attempt, () => undefined)
    }
    store.itemFinished(anItem(0), () => undefined)
    await store.redo('r', { kind: 'all' }, { revision: null, stages: ['b'], progress: PROGRESS })
    const { finished, begun } = store.history('r', 0, { from: 0, to: 9 })
    expect(finished).toEqual([])
    expect(begun.get(0)?.map(({ stage, forgotten }) => [stage, forgotten])).toEqual([
      ['a', false],
      ['b', true],
    ])
    expect(store.countFinished('r', 0, { from: 0, to: 9 })).toBe(0)
  })

  it('remembers the newest answer to a question, and that of one cell', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    await store.createRun(aRun('s'), null)
    const answer = (run: string, index: number, text: string) => {
      const outcome = { status: 'succeeded' as const, text, output: text }
      const attempt = anAttempt(index, { run, ask: 'q', outcome, costMicros: 4 })
      store.attemptStarted(attempt)
      store.attemptEnded(attempt, () => undefined)
    }
    answer('r', 0, 'old')
    answer('s', 1, 'new')
    const failed = anAttempt(2, { ask: 'f', outcome: { status: 'failed', failure: { kind: 'refused', message: '' } } })
    store.attemptStarted(failed)
    store.attemptEnded(failed, () => undefined)
    await store.flush()
    const known = store.remembered('q', null)
    expect(known).toMatchObject({ run: 's', index: 1, outcome: { text: 'new' } })
    expect(store.remembered('q', { run: 'r', lane: 0, index: 0, stage: 'a' })).toMatchObject({
      outcome: { text: 'old' },
    })
    expect([store.remembered('q', { run: 'r', lane: 0, index: 1, stage: 'a' }), store.remembered('f', null)]).toEqual([
      null,
      null,
    ])
    expect([store.answeredAsks('', 9), store.answeredAsks('q', 9)]).toEqual([['q'], []])
    if (known === null) return
    const taken = { ...known, run: 'r', index: 3, purpose: 'remembered' as const, rememberedFrom: 's' }
    await new Promise<void>((resolve) => store.attemptRemembered(taken, resolve))
    expect(store.attempts('r', 0, 3)).toEqual([taken])
    // What was taken over is no answer of its own: it would lead to nobody who asked.
    expect(store.remembered('q', null)?.run).toBe('s')
    expect(store.spentSince(0)).toBe(8)
  })

  it('counts what was spent since a moment, and what may have been', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    for (const [index, startedAt] of [10, 20, 30].entries()) {
      store.attemptStarted(anAttempt(index, { startedAt, reservedMicros: 100 }))
      if (index < 2) store.attemptEnded(anAttempt(index, { startedAt, costMicros: 7 }), () => undefined)
    }
    store.attemptStarted(anAttempt(3, { startedAt: 40, tier: null, model: null, reservedMicros: 100 }))
    await store.flush()
    expect([0, 11, 20, 21, 31].map((at) => store.spentSince(at))).toEqual([114, 107, 107, 100, 0])
  })

  it('finds items by status and text, in the order asked for', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    for (const index of [0, 1, 2])
      store.itemFinished(
        anItem(
          index,
          index === 1 ? { status: 'failed', error: { stage: null, kind: 'source', message: 'Torn FILE' } } : {},
        ),
        () => undefined,
      )
    await store.flush()
    const find = (query: Partial<ItemQuery>) => [
      ...store.find('r', 0, {
        statuses: ['succeeded', 'failed', 'skipped'],
        search: null,
        sort: 'index',
        descending: false,
        ...query,
      }),
    ]
    expect(find({})).toEqual([0, 1, 2])
    expect(find({ sort: 'cost', descending: true })).toEqual([2, 1, 0])
    expect(find({ statuses: ['failed'] })).toEqual([1])
    expect(find({ search: 'torn file' })).toEqual([1])
    expect(find({ search: '"n":2' })).toEqual([2])
    expect(find({ search: '100%' })).toEqual([])
  })

  it('knows that the process of a run has died, and counts its totals anew', async () => {
    const { store, file } = await aStore()
    await store.createRun(aRun('r'), null)
    store.attemptStarted(anAttempt(0))
    store.attemptEnded(
      anAttempt(0, {
        outcome: { status: 'succeeded', text: 'x', output: 'x' },
        usage: { ...NO_USAGE, inputTokens: 4 },
        costMicros: 9,
      }),
      () => undefined,
    )
    store.itemFinished(anItem(0), () => undefined)
    await store.flush()
    expect(store.run('r')).toMatchObject({ isLive: true, totals: { succeeded: 0 } })
    const database = new DatabaseSync(file)
    database.exec(`update owners set pid = 999999999`)
    database.close()
    expect(store.run('r')).toMatchObject({
      isLive: false,
      totals: { succeeded: 1, calls: 1, costMicros: 9, usage: { inputTokens: 4 } },
    })
  })

  it('keeps groups as they were sealed, and knows which group an item is in', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    const group = (index: number, change: Partial<GroupRecord>): GroupRecord => ({
      run: 'r',
      lane: 1,
      index,
      key: null,
      reason: 'size',
      members: Uint32Array.of(0, 2),
      partsPerEntry: 1,
      items: 2,
      ...change,
    })
    const groups = [
      group(0, {}),
      group(1, { key: { city: 'Graz' }, reason: 'end', members: Uint32Array.of(70_000, 1) }),
    ]
    for (const index of [0, 1, 2, 3]) store.itemFinished(anItem(index, { status: 'gathered' }), () => undefined)
    for (const sealed of groups) store.groupSealed(sealed, () => undefined)
    store.itemFinished(anItem(0, { lane: 1, outputJson: '"of the group"' }), () => undefined)
    await store.flush()
    expect(store.groups('r', 1, { from: 0, to: 10 })).toEqual(groups)
    expect([0, 1, 2, 3, 70_000].map((index) => store.groupOf('r', 0, index))).toEqual([0, 1, 0, null, 1])
    expect(store.history('r', 0, { from: 0, to: 10 }).sealed).toEqual([0, 1, 2])
    expect(store.items('r', 1, { from: 0, to: 10 }).map(({ outputJson }) => outputJson)).toEqual(['"of the group"'])
    expect(store.items('r', 0, { from: 0, to: 1 })).toEqual([anItem(0, { status: 'gathered' })])
  })

  it('keeps a shared call, written again when its answer has come, and what each attempt had of it', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    const request = { instructions: 'Sort.', messages: [{ role: 'user' as const, text: 'all' }] }
    const sent: PackRecord = { run: 'r', pack: 'p1', stage: 'a', parent: null, reason: 'size', request, answer: null }
    store.packSent(sent)
    store.packSent({ ...sent, answer: '[]' })
    const attempt = anAttempt(0, { pack: { pack: 'p1', id: 'k3f', size: 2, reason: 'size' }, tier: null, model: null })
    store.attemptStarted(attempt)
    await store.flush()
    expect([store.pack('r', 'p1'), store.pack('r', 'p2')]).toEqual([{ ...sent, answer: '[]' }, null])
    expect(store.attempts('r', 0, 0)).toEqual([attempt])
  })

  it('keeps an item that no stage ran on', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), null)
    await new Promise<void>((resolve) => store.itemFinished(anItem(0, { cells: new Uint8Array() }), resolve))
    expect(store.items('r', 0, { from: 0, to: 1 })).toEqual([anItem(0, { cells: new Uint8Array() })])
  })

  it('adds the keys of a source that grows behind those it has', async () => {
    const { store } = await aStore()
    await store.createRun(aRun('r'), ['a'])
    store.addKeys('r', 1, ['b', 'c'])
    await store.flush()
    expect(store.allKeys('r')).toEqual(['a', 'b', 'c'])
  })

  it('refuses a database of a newer build instead of damaging it', async () => {
    const { store, file } = await aStore()
    await store.flush()
    const database = new DatabaseSync(file)
    database.exec('pragma user_version = 999')
    database.close()
    await expect(openRunStore(file, () => 0)).rejects.toThrow('newer Jacquard')
  })

  it('reports a write that the disk refuses, stores nothing after it, and writes again after a reset', async () => {
    const { store, file } = await aStore()
    await store.createRun(aRun('r'), null)
    const failed = new Promise<Error>((resolve) => store.onWriteError(resolve))
    const database = new DatabaseSync(file)
    database.exec(
      `create trigger full before insert on items begin select raise(abort, 'database or disk is full'); end`,
    )
    store.itemFinished(anItem(0), () => undefined)
    expect((await failed).message).toContain('disk is full')
    await expect(store.flush()).rejects.toThrow('disk is full')
    database.exec('drop trigger full')
    database.close()
    store.reset()
    await new Promise<void>((resolve) => store.itemFinished(anItem(1), resolve))
    expect(store.items('r', 0, { from: 0, to: 10 }).map(({ index }) => index)).toEqual([1])
  })

  it('stores nothing that was on its way behind a write that the disk refused, as small as it may be', async () => {
    const { store, file } = await aStore()
    await store.createRun(aRun('r'), null)
    const failed = new Promise<Error>((resolve) => store.onWriteError(resolve))
    const database = new DatabaseSync(file)
    database.exec(`create trigger full before insert on items when new.idx = 0 begin select raise(abort, 'full'); end`)
    // Two batches: as many keys as go at once, and the rest.
    store.itemFinished(anItem(0), () => undefined)
    store.addKeys('r', 0, Array(511).fill('k'))
    store.itemFinished(anItem(1), () => undefined)
    await expect(store.flush()).rejects.toThrow('full')
    await failed
    store.reset()
    await new Promise<void>((resolve) => store.itemFinished(anItem(2), resolve))
    database.close()
    expect(store.items('r', 0, { from: 0, to: 10 }).map(({ index }) => index)).toEqual([2])
  })
})
