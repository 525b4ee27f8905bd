import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { NO_USAGE } from '../../shared/usage.ts'
import type { App } from '../index.ts'
import { nextEnd } from '../testing/followRun.ts'
import { RunWorlds, type World } from '../testing/runWorld.ts'
import { aWorkspace } from '../testing/workspace.ts'
import { MIGRATIONS } from './migrations.ts'
import { openRunStore } from './sqliteRunStore.ts'

/** As the first build that stored runs wrote them. */
const RECORD = {
  run: 'r',
  kind: 'batch',
  chainFile: 'c.chain.yaml',
  chainName: 'C',
  options: {},
  stages: [{ id: 'a', kind: 'model', tier: 'local' }],
  sourceLabel: 'in',
  output: 'results/out.jsonl',
  simulated: false,
  startedAt: 1,
}
const USAGE = { inputTokens: 3, outputTokens: 2, cachedTokens: 1 }
const PROGRESS = {
  state: { status: 'completed' },
  items: 2,
  endedAt: 9,
  activeMs: 8,
  concurrency: 8,
  budgetMicros: null,
  totals: {
    succeeded: 1,
    failed: 1,
    skipped: 0,
    costMicros: 7,
    unpricedCalls: 0,
    calls: 2,
    reused: 0,
    usage: USAGE,
  },
}

function writeOldDatabase(file: string): void {
  const database = new DatabaseSync(file)
  for (const migration of MIGRATIONS.slice(0, 2)) database.exec(migration)
  database.exec('pragma user_version = 2')
  database
    .prepare(`insert into runs (run, kind, record, chain_text, progress) values ('r', 'batch', ?, 'jacquard: 1', ?)`)
    .run(JSON.stringify(RECORD), JSON.stringify(PROGRESS))
  const item = database.prepare(
    `insert into items (run_id, idx, key, status, cells, cost_micros, latency_ms, input_tokens, output_tokens,
      cached_tokens, retries, error, output, stages) values (1, ?, ?, ?, x'03', 7, 1.5, 3, 2, 1, 0, ?, ?, '{}')`,
  )
  item.run(0, 'a.txt', 'succeeded', null, '"yes"')
  item.run(1, 'b.txt', 'failed', '{"stage":"a","kind":"refused","message":"no"}', 'null')
  database.exec(`insert into keys values (1, 0, 'a.txt'), (1, 1, 'b.txt')`)
  database.exec(
    `insert into attempts (run_id, idx, stage, number, purpose, tier, model, started_at, status, latency_ms,
      input_tokens, output_tokens, cached_tokens, cost_micros, request, answer)
      values (1, 0, 'a', 1, 'first', 'local', 'm', 5, 'succeeded', 1.5, 3, 2, 1, 7,
        '{"instructions":null,"messages":[]}', 'yes')`,
  )
  database.close()
}

it('brings a database of a build without lanes along, with all its runs', async () => {
  const workspace = await aWorkspace()
  const file = join(workspace.folder, '.jacquard', 'jacquard.db')
  await mkdir(dirname(file))
  writeOldDatabase(file)
  const store = await openRunStore(file, () => 0)
  expect(store.run('r')).toMatchObject({
    chainText: 'jacquard: 1',
    files: {},
    stages: [{ id: 'a', kind: 'model', tier: 'local', lane: 0 }],
    sink: { jsonl: 'results/out.jsonl' },
    grows: false,
    totals: { succeeded: 1, failed: 1, usage: { ...USAGE, cacheWriteTokens: 0 } },
    lanes: [{ begins: null, items: 2, counts: { succeeded: 1, failed: 1, waiting: 0 }, gather: null }],
    packs: [],
  })
  const usage = { ...NO_USAGE, ...USAGE }
  expect(store.items('r', 0, { from: 0, to: 9 })).toMatchObject([
    { lane: 0, index: 0, key: 'a.txt', status: 'succeeded', outputJson: '"yes"', usage },
    { lane: 0, index: 1, key: 'b.txt', status: 'failed', error: { kind: 'refused' } },
  ])
  expect(store.attempts('r', 0, 0)).toMatchObject([
    { lane: 0, stage: 'a', tier: 'local', outcome: { status: 'succeeded', text: 'yes' }, usage, pack: null },
  ])
  expect(store.keys('r', [1, 0])).toEqual(['b.txt', 'a.txt'])
  const stored = store.run('r')
  if (stored === null) throw new Error('The run is gone.')
  await store.redo('r', { kind: 'failed' }, { revision: null, stages: [], progress: stored })
  expect(store.history('r', 0, { from: 0, to: 9 }).finished.map(({ index }) => index)).toEqual([0])
  await store.close()
  await workspace.remove()
})

// Written by the builds of their time (testing/oldDatabases): a run of three items that is complete, with one failure; one
// of eight that a wrong key has paused; from format 3 on such a one that gathers.
describe.each([1, 2, 3])('a database of format %i', (version) => {
  const worlds = new RunWorlds()
  afterEach(() => worlds.close())
  const rows = (count: number) => Array.from({ length: count }, (_, n) => `{"n":${n}}\n`).join('')

  /** `change`: SQL on what was written. */
  async function opened(change = ''): Promise<World & { readonly app: App }> {
    const world = await worlds.world({ 'items.jsonl': rows(8), 'few.jsonl': rows(3) }, ({ prompt }) => ({
      text: prompt.replace(/^(\w+) (\d+).*/, '$1=$2'),
    }))
    const folder = join(world.workspace.folder, '.jacquard')
    await mkdir(folder)
    const database = new DatabaseSync(join(folder, 'jacquard.db'))
    database.exec(await readFile(new URL(`../testing/oldDatabases/v${version}.sql`, import.meta.url), 'utf8'))
    database.exec(change)
    database.close()
    return { ...world, app: await worlds.app(world.workspace) }
  }

  /** The oldest first. */
  async function listed(app: App) {
    const runs = await app.call('runs.list', { kind: 'batch', limit: 10 })
    return runs.ok ? runs.value.toReversed() : []
  }

  it('lists its runs with what they came to', async () => {
    const { app } = await opened()
    const [complete, paused] = await listed(app)
    const usage = (calls: number) => ({ ...NO_USAGE, inputTokens: calls * 10, outputTokens: calls * 5 })
    expect(complete).toMatchObject({
      state: { status: 'completed' },
      items: 3,
      counts: { succeeded: 2, failed: 1, waiting: 0 },
      calls: 5,
      costMicros: 80,
      usage: usage(4),
    })
    expect(paused).toMatchObject({
      state: { status: 'paused', reason: { kind: 'auth' } },
      items: 8,
      counts: { succeeded: 3, failed: 0, waiting: 5 },
      // The second build was quicker to pause.
      calls: version === 2 ? 9 : 10,
      costMicros: 160,
      usage: usage(8),
    })
  })

  it('counts anew what a run came to whose process has died', async () => {
    const { app } = await opened(
      `update runs set owner = 'gone', progress = json_set(progress, '$.state', json('{"status":"running"}'),
        '$.totals.calls', 0, '$.totals.succeeded', 0, '$.totals.costMicros', 0) where id = 2`,
    )
    expect((await listed(app))[1]).toMatchObject({
      state: { status: 'interrupted' },
      counts: { succeeded: 3, failed: 0, waiting: 5 },
      costMicros: 160,
    })
  })

  it('has its paused runs completed without asking for anything that was answered', async () => {
    const { app, provider, workspace } = await opened()
    const [, paused, gathered] = await listed(app)
    expect(gathered === undefined).toBe(version < 3)
    for (const { run } of [paused, gathered].filter((stored) => stored !== undefined)) {
      const answered = answeredIn(join(workspace.folder, '.jacquard', 'jacquard.db'), run)
      const before = provider.calls.length
      const ended = nextEnd(app)
      expect(await app.call('runs.resume', { run })).toMatchObject({ ok: true })
      expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 8, waiting: 0 } })
      const asked = provider.calls.slice(before).map(({ prompt }) => prompt)
      expect(asked.length).toBeGreaterThan(1)
      expect(asked.filter((prompt) => answered.has(prompt))).toEqual([])
      const lines = await workspace.lines('out.jsonl')
      expect(lines.map(({ output }) => output)).toEqual(
        run === paused?.run ? [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `second=${n}`) : [0, 2, 4, 6].map((n) => `sum=${n}`),
      )
    }
    expect(new Set(provider.calls.map(({ prompt }) => prompt)).size).toBe(provider.calls.length)
  })
})

/** What a run has asked whose answer it has. */
function answeredIn(file: string, run: string): ReadonlySet<string> {
  const database = new DatabaseSync(file)
  const rows = database
    .prepare(
      `select a.request from attempts a join runs r on r.id = a.run_id where r.run = ? and a.status = 'succeeded'`,
    )
    .all(run)
  database.close()
  return new Set(rows.map(({ request }) => /"text":"([^"]+)"/.exec(String(request))?.[1] ?? ''))
}
