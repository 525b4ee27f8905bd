import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type {
  AnswerSize,
  AttemptRecord,
  CauseCount,
  GroupRecord,
  IndexRange,
  ItemQuery,
  ItemRecord,
  PackRecord,
  Redo,
  RememberedCell,
  RevisionRecord,
  RunHistory,
  RunProgressRecord,
  RunStore,
  StoredRun,
} from '../ports/runStore.ts'
import { countRun, type RunQuery } from './countRun.ts'
import { openForReading } from './database.ts'
import { Journal } from './journal.ts'
import {
  attemptFromRow,
  endedValues,
  finishedFromRow,
  groupFromRow,
  groupValues,
  itemFromRow,
  itemValues,
  packFromRow,
  packValues,
  type Row,
  rememberedValues,
  revisionFromRow,
  revisionValues,
  runFromRow,
  runValues,
  startedValues,
} from './rows.ts'
import type { Write } from './writes.ts'

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
  /** How runs stand of which the disk does not take it. */
  readonly #unstored = new Map<string, RunProgressRecord>()

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
    this.addKeys(record.run, 0, keys ?? [])
    await this.#journal.flush()
  }

  updateRun(...[run, progress]: Parameters<RunStore['updateRun']>): void {
    if (this.#journal.hasFailed) {
      this.#unstored.set(run, progress)
      return
    }
    this.#addProgress(run, progress, this.#unstored.has(run) ? () => this.#unstored.delete(run) : null)
  }

  #addProgress(run: string, progress: RunProgressRecord, onCommit: (() => void) | null): void {
    const values = [run, JSON.stringify(progress), this.#ownerFor(progress.state.status)]
    this.#journal.add({ statement: 'progress', values }, onCommit)
  }

  attemptStarted(attempt: AttemptRecord): void {
    this.#journal.add({ statement: 'attemptStarted', values: startedValues(attempt) }, null)
  }

  attemptEnded(attempt: AttemptRecord, onCommit: () => void): void {
    this.#journal.add({ statement: 'attemptEnded', values: endedValues(attempt) }, onCommit)
  }

  itemFinished(item: ItemRecord, onCommit: () => void): void {
    this.#journal.add({ statement: 'itemFinished', values: itemValues(item) }, onCommit)
  }

  groupSealed(group: GroupRecord, onCommit: () => void): void {
    for (const member of group.members)
      this.#journal.add({ statement: 'member', values: [group.run, group.lane - 1, member, group.index] }, null)
    this.#journal.add({ statement: 'groupSealed', values: groupValues(group) }, onCommit)
  }

  packSent(pack: PackRecord): void {
    this.#journal.add({ statement: 'packSent', values: packValues(pack) }, null)
  }

  addKeys(run: string, from: number, keys: readonly string[]): void {
    for (const [offset, key] of keys.entries())
      this.#journal.add({ statement: 'key', values: [run, from + offset, key] }, null)
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
    for (const [run, progress] of this.#unstored)
      this.#addProgress(run, progress, () => {
        if (this.#unstored.get(run) === progress) this.#unstored.delete(run)
      })
  }

  attemptRemembered(attempt: AttemptRecord, onCommit: () => void): void {
    this.#journal.add({ statement: 'attemptRemembered', values: rememberedValues(attempt) }, onCommit)
  }

  async redo(...[run, redo, { revision, stages, progress }]: Parameters<RunStore['redo']>): Promise<void> {
    const interrupted: RunProgressRecord = {
      ...progress,
      state: { status: 'interrupted' },
      endedAt: null,
      revision: revision?.revision ?? progress.revision,
    }
    // Whole or not at all: half of a change would mix answers of two chains.
    this.#journal.addTogether([
      { statement: 'progress', values: [run, JSON.stringify(interrupted), null] },
      ...(revision === null ? [] : [{ statement: 'revision' as const, values: revisionValues(revision) }]),
      ...redoWrites(run, redo, { revision: revision?.revision ?? null, stages }),
    ])
    await this.#journal.flush()
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

  reached(run: string, lane: number): number {
    const row = this.#get(
      `select max(ifnull((select max(idx) from items where run_id = ?1 and lane = ?2), -1),
        ifnull((select max(idx) from attempts where run_id = ?1 and lane = ?2), -1)) + 1 as reached`,
      this.#runId(run),
      lane,
    )
    return Number(row?.reached ?? 0)
  }

  history(run: string, lane: number, { from, to }: IndexRange): RunHistory {
    const range = [this.#runId(run), lane, from, to] as const
    // As text: node:sqlite takes four times as long where it has to make an array for each row.
    const finished = this.#all(
      'select idx, status, hex(cells) as cells from items where run_id = ? and lane = ? and idx >= ? and idx < ? and redo = 0 order by idx',
      ...range,
    )
    const sealed = this.#all(
      'select idx from members where run_id = ? and lane = ? and idx >= ? and idx < ? order by idx',
      ...range,
    )
    const begun = new Map<number, AttemptRecord[]>()
    const open = this.#all(
      `${SELECT_ATTEMPT} where a.run_id = ? and a.lane = ? and a.idx >= ? and a.idx < ? and not exists
        (select 1 from items i where i.run_id = a.run_id and i.lane = a.lane and i.idx = a.idx and i.redo = 0) order by a.idx, a.id`,
      ...range,
    )
    for (const row of open) {
      const attempt = attemptFromRow(row, run)
      begun.set(attempt.index, [...(begun.get(attempt.index) ?? []), attempt])
    }
    return { finished: finished.map(finishedFromRow), sealed: sealed.map((row) => Number(row.idx)), begun }
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

  items(run: string, lane: number, { from, to }: IndexRange): readonly ItemRecord[] {
    const rows = this.#all(
      'select * from items where run_id = ? and lane = ? and idx >= ? and idx < ? order by idx',
      this.#runId(run),
      lane,
      from,
      to,
    )
    return rows.map((row) => itemFromRow(row, run))
  }

  itemsAt(run: string, lane: number, indexes: readonly number[]): readonly ItemRecord[] {
    const id = this.#runId(run)
    const rows = indexes.map((index) =>
      this.#get('select * from items where run_id = ? and lane = ? and idx = ?', id, lane, index),
    )
    return rows.filter((row) => row !== undefined).map((row) => itemFromRow(row, run))
  }

  attempts(run: string, lane: number, index: number): readonly AttemptRecord[] {
    const rows = this.#all(
      `${SELECT_ATTEMPT} where a.run_id = ? and a.lane = ? and a.idx = ? order by a.id`,
      this.#runId(run),
      lane,
      index,
    )
    return rows.map((row) => attemptFromRow(row, run))
  }

  groups(run: string, lane: number, { from, to }: IndexRange): readonly GroupRecord[] {
    const rows = this.#all(
      'select * from groups where run_id = ? and lane = ? and idx >= ? and idx < ? order by idx',
      this.#runId(run),
      lane,
      from,
      to,
    )
    return rows.map((row) => groupFromRow(row, run))
  }

  groupOf(run: string, lane: number, index: number): number | null {
    const row = this.#get(
      'select grp from members where run_id = ? and lane = ? and idx = ?',
      this.#runId(run),
      lane,
      index,
    )
    return row === undefined ? null : Number(row.grp)
  }

  pack(run: string, pack: string): PackRecord | null {
    const row = this.#get('select * from packs where run_id = ? and pack = ?', this.#runId(run), pack)
    return row === undefined ? null : packFromRow(row, run)
  }

  remembered(ask: string, cell: RememberedCell | null): AttemptRecord | null {
    const row =
      cell === null
        ? this.#get(`${SELECT_ANSWER} order by a.id desc limit 1`, ask)
        : this.#get(
            `${SELECT_ANSWER} and a.run_id = ? and a.lane = ? and a.idx = ? and a.stage = ? order by a.id desc limit 1`,
            ask,
            this.#runId(cell.run),
            cell.lane,
            cell.index,
            cell.stage,
          )
    return row === undefined ? null : attemptFromRow(row, String(row.run))
  }

  answeredAsks(after: string, limit: number): readonly string[] {
    const rows = this.#all(
      `select distinct ask from attempts where ask > ? and status = 'succeeded' order by ask limit ?`,
      after,
      limit,
    )
    return rows.map(({ ask }) => String(ask))
  }

  recentSizes(): ReadonlyMap<string, AnswerSize> {
    const rows = this.#all(
      `select stage, model, input_tokens as input, output_tokens as output from attempts
        where status = 'succeeded' and purpose != 'remembered' and input_tokens is not null order by id desc limit 3000`,
    )
    const sums = new Map<string, { inputTokens: number; outputTokens: number; count: number }>()
    for (const row of rows) {
      // Of `sections/3/draft` the stage.
      const stage = String(row.stage)
        .split('/')
        .findLast((part) => !/^\d+$/.test(part))
      const name = `${stage} ${row.model}`
      const sum = sums.get(name) ?? { inputTokens: 0, outputTokens: 0, count: 0 }
      sums.set(name, sum)
      sum.inputTokens += Number(row.input)
      sum.outputTokens += Number(row.output)
      sum.count++
    }
    return new Map(
      [...sums].map(([name, { inputTokens, outputTokens, count }]) => [
        name,
        { inputTokens: inputTokens / count, outputTokens: outputTokens / count },
      ]),
    )
  }

  revisions(run: string): readonly RevisionRecord[] {
    const rows = this.#all(
      'select record, chain_text, files from revisions where run_id = ? order by revision',
      this.#runId(run),
    )
    return rows.map(revisionFromRow)
  }

  itemRevisions(run: string, lane: number): ReadonlyMap<number, number> {
    const rows = this.#all(
      'select idx, revision from item_revisions where run_id = ? and lane = ?',
      this.#runId(run),
      lane,
    )
    return new Map(rows.map((row) => [Number(row.idx), Number(row.revision)]))
  }

  countByRevision(run: string): ReadonlyMap<number, number> {
    const rows = this.#all(
      'select revision, count(*) as n from items where run_id = ? and redo = 0 group by revision',
      this.#runId(run),
    )
    return new Map(rows.map((row) => [Number(row.revision), Number(row.n)]))
  }

  causes(run: string): readonly CauseCount[] {
    const id = this.#runId(run)
    const rows = this.#all(
      `select lane, cause, count(*) as n from items where run_id = ? and cause is not null and redo = 0
        group by lane, cause order by n desc, min(idx)`,
      id,
    )
    return rows.map((row) => {
      const [lane, cause] = [Number(row.lane), String(row.cause)]
      const indexes = this.#all(
        `select idx from items where run_id = ? and lane = ? and cause = ? and redo = 0 order by idx limit 100`,
        id,
        lane,
        cause,
      )
      return { lane, cause, count: Number(row.n), indexes: indexes.map(({ idx }) => Number(idx)) }
    })
  }

  failedOf(run: string, lane: number, causes: readonly string[]): readonly number[] {
    const rows = causes.flatMap((cause) =>
      this.#all(
        'select idx from items where run_id = ? and lane = ? and cause = ? and redo = 0',
        this.#runId(run),
        lane,
        cause,
      ),
    )
    return rows.map(({ idx }) => Number(idx)).sort((a, b) => a - b)
  }

  countFinished(run: string, lane: number, { from, to }: IndexRange): number {
    const finished = `run_id = ? and lane = ? and idx >= ? and idx < ? and status != 'gathered' and redo = 0`
    const row = this.#get(
      lane === 0
        ? `select count(*) as n from items where ${finished}`
        : `select coalesce(sum(items), 0) as n from groups g where exists (select 1 from items
            where ${finished} and run_id = g.run_id and lane = g.lane and idx = g.idx)`,
      this.#runId(run),
      lane,
      from,
      to,
    )
    return Number(row?.n ?? 0)
  }

  spentSince(at: number): number {
    const row = this.#get(
      `select coalesce(sum(coalesce(cost_micros, 0) + coalesce(reserved_micros, 0)), 0) as spent
        from attempts where id >= ? and started_at >= ? and tier is not null and purpose != 'remembered'`,
      this.#firstAttemptSince(at),
      at,
    )
    return Number(row?.spent ?? 0)
  }

  /** Attempts are numbered as they start: where a moment lies among them can be found without an index. */
  #firstAttemptSince(at: number): number {
    const bounds = this.#get('select min(id) as first, max(id) as last from attempts')
    let [low, high] = [Number(bounds?.first ?? 0), Number(bounds?.last ?? 0) + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = this.#get('select id, started_at from attempts where id >= ? order by id limit 1', middle)
      if (row !== undefined && Number(row.started_at) < at) low = Number(row.id) + 1
      else high = middle
    }
    return low
  }

  find(run: string, lane: number, query: ItemQuery): Uint32Array {
    const conditions = ['run_id = ?', 'lane = ?', `status in (${query.statuses.map(() => '?').join(', ')})`]
    const values: (string | number)[] = [this.#runId(run), lane, ...query.statuses]
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
    const unstored = this.#unstored.get(String(row.run))
    if (unstored !== undefined) return runFromRow({ ...row, progress: JSON.stringify(unstored) }, false)
    const stored = runFromRow(row, isLive)
    const isOver = !['running', 'pausing', 'interrupted'].includes(stored.state.status)
    // After a crash the sums that were stored last are older than the attempts: those are counted anew.
    return isOver || isLive ? stored : { ...stored, ...countRun(stored, this.#query(stored.run)) }
  }

  #query(run: string): RunQuery {
    const id = this.#runId(run)
    return (sql, ...values) => this.#all(sql, id, ...values)
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

const SELECT_RUN = `select r.run, r.record, r.chain_text, r.files, r.test_item, r.progress, r.owner, o.pid, o.beat
  from runs r left join owners o on o.owner = r.owner`
const SELECT_ATTEMPT = 'select a.* from attempts a'
const SELECT_ANSWER = `select a.*, r.run from attempts a join runs r on r.id = a.run_id
  where a.ask = ? and a.status = 'succeeded' and a.purpose != 'remembered'`

const ORDER_COLUMNS: Record<ItemQuery['sort'], string> = {
  index: 'idx',
  key: 'key collate nocase',
  cost: 'cost_micros',
  latency: 'latency_ms',
  status: 'status',
}

function redoWrites(
  run: string,
  redo: Redo,
  { revision, stages }: { revision: number | null; stages: readonly string[] },
): Write[] {
  if (redo.kind === 'items') {
    const { lane } = redo
    const indexes = JSON.stringify(redo.indexes)
    return [
      { statement: 'redoItems', values: [run, lane, indexes] },
      ...(revision === null ? [] : [{ statement: 'itemRevisions' as const, values: [run, lane, indexes, revision] }]),
      { statement: 'forgetUndecidedOf', values: [run, lane, indexes] },
      ...stages.map((stage) => ({ statement: 'forgetStageOf' as const, values: [run, stage, lane, indexes] })),
    ]
  }
  const marks: Record<Exclude<Redo['kind'], 'items'>, Write[]> = {
    nothing: [],
    failed: [{ statement: 'redoFailed', values: [run] }],
    all: [{ statement: 'redoAll', values: [run] }],
  }
  return [
    ...marks[redo.kind],
    { statement: 'forgetUndecided', values: [run] },
    ...stages.map((stage) => ({ statement: 'forgetStage' as const, values: [run, stage] })),
  ]
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
