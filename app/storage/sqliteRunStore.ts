import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type {
  AttemptRecord,
  ItemQuery,
  ItemRecord,
  RunHistory,
  RunStore,
  RunTotals,
  StoredRun,
} from '../ports/runStore.ts'
import { openForReading } from './database.ts'
import { Journal } from './journal.ts'
import { attemptFromRow, finishedFromRow, itemFromRow, runFromRow, runValues } from './rows.ts'
import type { WriteValue } from './writes.ts'

/** A process that has not said so for this long is dead, whatever the system says of its id. Writers beat every 2 s. */
const DEAD_AFTER_MS = 20_000

/** Opens (or makes) a workspace's database. Rejects where the file cannot be opened or is newer than this build. */
export async function openRunStore(file: string, now: () => number): Promise<RunStore> {
  await mkdir(dirname(file), { recursive: true })
  const owner = randomUUID()
  const journal = new Journal({ file, owner, pid: process.pid })
  await journal.opened()
  return new SqliteRunStore({ journal, reader: openForReading(file), owner, now })
}

class SqliteRunStore implements RunStore {
  readonly #journal: Journal
  readonly #reader: DatabaseSync
  readonly #owner: string
  readonly #now: () => number
  readonly #statements = new Map<string, StatementSync>()
  readonly #runIds = new Map<string, number>()

  constructor(parts: { journal: Journal; reader: DatabaseSync; owner: string; now: () => number }) {
    this.#journal = parts.journal
    this.#reader = parts.reader
    this.#owner = parts.owner
    this.#now = parts.now
  }

  async createRun(...[record, keys]: Parameters<RunStore['createRun']>): Promise<void> {
    this.#journal.add(
      { statement: 'createRun', values: [...runValues(record), this.#ownerFor(record.state.status)] },
      null,
    )
    for (const [index, key] of (keys ?? []).entries())
      this.#journal.add({ statement: 'key', values: [record.run, index, key] }, null)
    await this.#journal.flush()
  }

  updateRun(...[run, progress]: Parameters<RunStore['updateRun']>): void {
    const values = [run, JSON.stringify(progress), this.#ownerFor(progress.state.status)]
    this.#journal.add({ statement: 'progress', values }, null)
  }

  attemptStarted(attempt: AttemptRecord): void {
    const { run, index, stage, number, purpose, tier, model, startedAt } = attempt
    const values = [run, index, stage, number, purpose, tier, model, startedAt, JSON.stringify(attempt.request)]
    this.#journal.add({ statement: 'attemptStarted', values }, null)
  }

  attemptEnded(attempt: AttemptRecord, onCommit: () => void): void {
    const { run, index, stage, number, latencyMs, usage, costMicros, outcome, model } = attempt
    const result: [WriteValue, WriteValue, WriteValue] = [null, null, null]
    if (outcome.status === 'succeeded') {
      result[0] = outcome.text
      // An answer that is its own output need not be stored twice.
      if (outcome.output !== outcome.text) result[1] = JSON.stringify(outcome.output)
    } else if (outcome.status === 'failed') {
      result[2] = JSON.stringify(outcome.failure)
    }
    const tokens = [usage?.inputTokens ?? null, usage?.outputTokens ?? null, usage?.cachedTokens ?? null]
    const values = [run, index, stage, number, outcome.status, latencyMs, ...tokens, costMicros, ...result, model]
    this.#journal.add({ statement: 'attemptEnded', values }, onCommit)
  }

  itemFinished(item: ItemRecord, onCommit: () => void): void {
    const { run, index, key, status, cells, costMicros, latencyMs, usage, retries, error, outputJson, stagesJson } =
      item
    const tokens = [usage.inputTokens, usage.outputTokens, usage.cachedTokens]
    const errorJson = error === null ? null : JSON.stringify(error)
    const values = [
      run,
      index,
      key,
      status,
      cells,
      costMicros,
      latencyMs,
      ...tokens,
      retries,
      errorJson,
      outputJson,
      stagesJson,
    ]
    this.#journal.add({ statement: 'itemFinished', values }, onCommit)
  }

  flush(): Promise<void> {
    return this.#journal.flush()
  }

  pending(): number {
    return this.#journal.pending
  }

  onWriteError(listener: (error: Error) => void): () => void {
    return this.#journal.onError(listener)
  }

  reset(): void {
    this.#journal.reset()
  }

  async forgetFailed(run: string): Promise<number> {
    await this.#journal.flush()
    const row = this.#get(`select count(*) as n from items where run_id = ? and status = 'failed'`, this.#runId(run))
    this.#journal.add({ statement: 'forgetAttempts', values: [run] }, null)
    this.#journal.add({ statement: 'forgetItems', values: [run] }, null)
    await this.#journal.flush()
    return Number(row?.n ?? 0)
  }

  run(run: string): StoredRun | null {
    const row = this.#get(`${SELECT_RUN} where r.run = ?`, run)
    return row === undefined ? null : this.#storedRun(row)
  }

  runs({ kind, limit, before }: Parameters<RunStore['runs']>[0]): readonly StoredRun[] {
    const rows = this.#all(
      `${SELECT_RUN} where r.kind = ? and r.run < ? order by r.run desc limit ?`,
      kind,
      before ?? '\uffff',
      limit,
    )
    return rows.map((row) => this.#storedRun(row))
  }

  reached(run: string): number {
    const id = this.#runId(run)
    const row = this.#get(
      `select max(ifnull((select max(idx) from items where run_id = ?1), -1),
        ifnull((select max(idx) from attempts where run_id = ?1), -1)) + 1 as reached`,
      id,
    )
    return Number(row?.reached ?? 0)
  }

  history(run: string, from: number, to: number): RunHistory {
    const id = this.#runId(run)
    // As text: node:sqlite takes four times as long where it has to make an array for each row.
    const finished = this.#all(
      'select idx, status, hex(cells) as cells from items where run_id = ? and idx >= ? and idx < ? order by idx',
      id,
      from,
      to,
    )
    const begun = new Map<number, AttemptRecord[]>()
    const open = this.#all(
      `${SELECT_ATTEMPT} where a.run_id = ? and a.idx >= ? and a.idx < ?
        and not exists (select 1 from items i where i.run_id = a.run_id and i.idx = a.idx) order by a.idx, a.id`,
      id,
      from,
      to,
    )
    for (const row of open) {
      const attempt = attemptFromRow(row, run)
      begun.set(attempt.index, [...(begun.get(attempt.index) ?? []), attempt])
    }
    return { finished: finished.map(finishedFromRow), begun }
  }

  keys(run: string, indexes: readonly number[]): readonly string[] | null {
    const id = this.#runId(run)
    if (this.#get('select 1 from keys where run_id = ? limit 1', id) === undefined) return null
    return indexes.map((index) =>
      String(this.#get('select key from keys where run_id = ? and idx = ?', id, index)?.key ?? ''),
    )
  }

  allKeys(run: string): readonly string[] | null {
    const rows = this.#all('select key from keys where run_id = ? order by idx', this.#runId(run))
    return rows.length === 0 ? null : rows.map((row) => String(row.key))
  }

  items(run: string, from: number, to: number): readonly ItemRecord[] {
    const rows = this.#all(
      'select * from items where run_id = ? and idx >= ? and idx < ? order by idx',
      this.#runId(run),
      from,
      to,
    )
    return rows.map((row) => itemFromRow(row, run))
  }

  itemsAt(run: string, indexes: readonly number[]): readonly ItemRecord[] {
    const id = this.#runId(run)
    const rows = indexes.map((index) => this.#get('select * from items where run_id = ? and idx = ?', id, index))
    return rows.filter((row) => row !== undefined).map((row) => itemFromRow(row, run))
  }

  attempts(run: string, index: number): readonly AttemptRecord[] {
    const rows = this.#all(`${SELECT_ATTEMPT} where a.run_id = ? and a.idx = ? order by a.id`, this.#runId(run), index)
    return rows.map((row) => attemptFromRow(row, run))
  }

  find(run: string, query: ItemQuery): Uint32Array {
    const conditions = ['run_id = ?', `status in (${query.statuses.map(() => '?').join(', ')})`]
    const values: (string | number)[] = [this.#runId(run), ...query.statuses]
    if (query.search !== null) {
      conditions.push(`(instr(lower(key), ?) or instr(lower(output), ?) or instr(lower(error), ?))`)
      const text = query.search.toLowerCase()
      values.push(text, text, text)
    }
    const order = `${ORDER_COLUMNS[query.sort]} ${query.descending ? 'desc' : 'asc'}, idx asc`
    const rows = this.#all(`select idx from items where ${conditions.join(' and ')} order by ${order}`, ...values)
    return Uint32Array.from(rows, (row) => Number(row.idx))
  }

  async close(): Promise<void> {
    await this.#journal.close()
    this.#reader.close()
  }

  #ownerFor(status: string): string | null {
    return status === 'running' || status === 'pausing' ? this.#owner : null
  }

  #storedRun(row: Row): StoredRun {
    const isLive = row.owner !== null && isAlive(Number(row.pid), this.#now() - Number(row.beat))
    const stored = runFromRow(row, isLive)
    const isOver = stored.state.status !== 'running' && stored.state.status !== 'pausing'
    // After a crash the totals that were stored last are older than the attempts: those are counted anew.
    return isOver || isLive ? stored : { ...stored, totals: this.#countTotals(stored.run) }
  }

  #countTotals(run: string): RunTotals {
    const id = this.#runId(run)
    const byStatus = new Map(
      this.#all('select status, count(*) as n from items where run_id = ? group by status', id).map((row) => [
        String(row.status),
        Number(row.n),
      ]),
    )
    const sums = this.#get(
      `select count(*) as calls, coalesce(sum(cost_micros), 0) as cost, coalesce(sum(input_tokens), 0) as input,
        coalesce(sum(output_tokens), 0) as output, coalesce(sum(cached_tokens), 0) as cached,
        coalesce(sum(input_tokens is not null and cost_micros is null), 0) as unpriced from attempts where run_id = ?`,
      id,
    )
    const sum = (name: string) => Number(sums?.[name] ?? 0)
    return {
      succeeded: byStatus.get('succeeded') ?? 0,
      failed: byStatus.get('failed') ?? 0,
      skipped: byStatus.get('skipped') ?? 0,
      costMicros: sum('cost'),
      unpricedCalls: sum('unpriced'),
      calls: sum('calls'),
      reused: 0,
      usage: { inputTokens: sum('input'), outputTokens: sum('output'), cachedTokens: sum('cached') },
    }
  }

  #runId(run: string): number {
    const known = this.#runIds.get(run)
    if (known !== undefined) return known
    const id = Number(this.#get('select id from runs where run = ?', run)?.id ?? -1)
    if (id >= 0) this.#runIds.set(run, id)
    return id
  }

  #statement(sql: string): StatementSync {
    const prepared = this.#statements.get(sql) ?? this.#reader.prepare(sql)
    this.#statements.set(sql, prepared)
    return prepared
  }

  #get(sql: string, ...values: (string | number)[]): Row | undefined {
    return this.#statement(sql).get(...values)
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    return this.#statement(sql).all(...values)
  }
}

type Row = Record<string, unknown>

const SELECT_RUN = `select r.run, r.record, r.chain_text, r.test_item, r.progress, r.owner, o.pid, o.beat
  from runs r left join owners o on o.owner = r.owner`
const SELECT_ATTEMPT = 'select a.* from attempts a'

const ORDER_COLUMNS: Record<ItemQuery['sort'], string> = {
  index: 'idx',
  key: 'key collate nocase',
  cost: 'cost_micros',
  latency: 'latency_ms',
  status: 'status',
}

function isAlive(pid: number, silentMs: number): boolean {
  if (silentMs > DEAD_AFTER_MS) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
