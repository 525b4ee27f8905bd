import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { NO_USAGE } from '../../shared/usage.ts'
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
