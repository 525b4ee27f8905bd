import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { ItemError, RunLane } from '../../shared/run.ts'
import type { AttemptOutcome, AttemptRequest, PackShare } from '../../shared/trace.ts'
import { NO_USAGE, type Usage } from '../../shared/usage.ts'
import type {
  AttemptRecord,
  GroupRecord,
  ItemRecord,
  PackRecord,
  RunHistory,
  RunProgressRecord,
  RunRecord,
  StoredRun,
} from '../ports/runStore.ts'
import type { WriteValue } from './writes.ts'

export type Row = Record<string, unknown>

/** The values of a new row of `runs`, but for its owner. Bodies that lists do not need stand in columns of their own. */
export function runValues(run: RunRecord & RunProgressRecord): WriteValue[] {
  const { chainText, testItem, files, ...rest } = run
  const { state, items, endedAt, activeMs, concurrency, budgetMicros, totals, lanes, packs, ...record } = rest
  const progress: RunProgressRecord = {
    state,
    items,
    endedAt,
    activeMs,
    concurrency,
    budgetMicros,
    totals,
    lanes,
    packs,
  }
  const testJson = testItem === null ? null : JSON.stringify(testItem)
  const filesJson = JSON.stringify(files)
  return [run.run, run.kind, JSON.stringify(record), chainText, filesJson, testJson, JSON.stringify(progress)]
}

type StoredRecord = Omit<RunRecord, 'chainText' | 'testItem' | 'files'>

export function runFromRow(row: Row, isLive: boolean): StoredRun {
  const record = withLanes(JSON.parse(String(row.record)) as StoredRecord)
  const progress = completed(JSON.parse(String(row.progress)) as RunProgressRecord)
  const testItem = row.test_item === null ? null : (JSON.parse(String(row.test_item)) as RunRecord['testItem'])
  const files = JSON.parse(String(row.files)) as RunRecord['files']
  return { ...record, ...progress, files, chainText: String(row.chain_text), testItem, isLive }
}

/** A run of a build that knew no lanes: all its stages are of the first, and its results went to a file. */
function withLanes(record: Partial<StoredRecord> & Omit<StoredRecord, 'grows' | 'sink'>): StoredRecord {
  const { output } = record
  const file = output === null ? null : output.endsWith('.csv') ? { csv: output } : { jsonl: output }
  const stages = record.stages.map((stage) => ({ ...stage, lane: (stage.lane as number | undefined) ?? 0 }))
  return { ...record, stages, grows: record.grows ?? false, sink: record.sink === undefined ? file : record.sink }
}

function completed(
  progress: Partial<RunProgressRecord> & Omit<RunProgressRecord, 'lanes' | 'packs'>,
): RunProgressRecord {
  const totals = { ...progress.totals, usage: { ...NO_USAGE, ...progress.totals.usage } }
  return {
    ...progress,
    totals,
    lanes: progress.lanes ?? [onlyLane({ ...progress, totals })],
    packs: progress.packs ?? [],
  }
}

function onlyLane({ state, items, totals }: Pick<RunProgressRecord, 'state' | 'items' | 'totals'>): RunLane {
  const { succeeded, failed, skipped } = totals
  const rest = Math.max(0, (items ?? 0) - succeeded - failed - skipped)
  const [waiting, cancelled] = state.status === 'cancelled' ? [0, rest] : [rest, 0]
  return { begins: null, items, counts: { succeeded, failed, skipped, cancelled, running: 0, waiting }, gather: null }
}

export function finishedFromRow(row: Row): RunHistory['finished'][number] {
  const cells = new Uint8Array(Buffer.from(String(row.cells), 'hex'))
  return { index: Number(row.idx), status: row.status as ItemRecord['status'], cells }
}

export function itemValues(item: ItemRecord): WriteValue[] {
  const { run, lane, index, key, status, cells, costMicros, latencyMs, usage, retries, error } = item
  const errorJson = error === null ? null : JSON.stringify(error)
  const place: WriteValue[] = [run, lane, index, key, status, cells, costMicros, latencyMs]
  return [...place, ...usageValues(usage), retries, errorJson, item.outputJson, item.stagesJson]
}

export function itemFromRow(row: Row, run: string): ItemRecord {
  return {
    run,
    lane: Number(row.lane),
    index: Number(row.idx),
    key: String(row.key),
    status: row.status as ItemRecord['status'],
    outputJson: String(row.output),
    error: row.error === null ? null : (JSON.parse(String(row.error)) as ItemError),
    usage: readUsage(row),
    costMicros: Number(row.cost_micros),
    latencyMs: Number(row.latency_ms),
    retries: Number(row.retries),
    stagesJson: String(row.stages),
    cells: row.cells as Uint8Array,
  }
}

export function startedValues(attempt: AttemptRecord): WriteValue[] {
  const { run, lane, index, stage, number, purpose, tier, model, startedAt, pack } = attempt
  const share: WriteValue[] = [pack?.pack ?? null, pack?.id ?? null, pack?.size ?? null, pack?.reason ?? null]
  const request = JSON.stringify(attempt.request)
  return [run, lane, index, stage, number, purpose, tier, model, startedAt, ...share, request]
}

export function endedValues(attempt: AttemptRecord): WriteValue[] {
  const { run, lane, index, stage, number, latencyMs, usage, costMicros, outcome, model } = attempt
  const result: [WriteValue, WriteValue, WriteValue] = [null, null, null]
  if (outcome.status === 'succeeded') {
    result[0] = outcome.text
    // An answer that is its own output need not be stored twice.
    if (outcome.output !== outcome.text) result[1] = JSON.stringify(outcome.output)
  } else if (outcome.status === 'failed') {
    result[2] = JSON.stringify(outcome.failure)
  }
  const tokens = usage === null ? [null, null, null, null] : usageValues(usage)
  return [run, lane, index, stage, number, outcome.status, latencyMs, ...tokens, costMicros, ...result, model]
}

export function attemptFromRow(row: Row, run: string): AttemptRecord {
  return {
    run,
    lane: Number(row.lane),
    index: Number(row.idx),
    stage: String(row.stage),
    number: Number(row.number),
    purpose: row.purpose as AttemptRecord['purpose'],
    tier: row.tier === null ? null : String(row.tier),
    model: row.model === null ? null : String(row.model),
    startedAt: Number(row.started_at),
    latencyMs: row.latency_ms === null ? null : Number(row.latency_ms),
    request: JSON.parse(String(row.request)) as AttemptRequest,
    outcome: readAttemptOutcome(row),
    usage: row.input_tokens === null ? null : readUsage(row),
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    rememberedFrom: null,
    reservedMicros: null,
    pack: row.pack === null ? null : readShare(row),
    forgotten: row.forgotten === 1,
  }
}

function readShare(row: Row): PackShare {
  const reason = row.pack_reason as PackShare['reason']
  return { pack: String(row.pack), id: String(row.pack_as), size: Number(row.pack_size), reason }
}

export function groupValues({
  run,
  lane,
  index,
  key,
  reason,
  partsPerEntry,
  items,
  members,
}: GroupRecord): WriteValue[] {
  const bytes = new Uint8Array(members.slice().buffer)
  return [run, lane, index, JSON.stringify(key), reason, partsPerEntry, items, bytes]
}

export function groupFromRow(row: Row, run: string): GroupRecord {
  return {
    run,
    lane: Number(row.lane),
    index: Number(row.idx),
    key: JSON.parse(String(row.key)) as Json,
    reason: row.reason as GroupRecord['reason'],
    // Copied: a view of four bytes each must begin at a multiple of four.
    members: new Uint32Array(Uint8Array.from(row.members as Uint8Array).buffer),
    partsPerEntry: Number(row.parts),
    items: Number(row.items),
  }
}

export function packValues({ run, pack, stage, parent, reason, request, answer }: PackRecord): WriteValue[] {
  return [run, pack, stage, parent, reason, JSON.stringify(request), answer]
}

export function packFromRow(row: Row, run: string): PackRecord {
  return {
    run,
    pack: String(row.pack),
    stage: String(row.stage),
    parent: row.parent === null ? null : String(row.parent),
    reason: row.reason as PackRecord['reason'],
    request: JSON.parse(String(row.request)) as AttemptRequest,
    answer: row.answer === null ? null : String(row.answer),
  }
}

function readAttemptOutcome(row: Row): AttemptOutcome {
  switch (row.status) {
    case 'succeeded': {
      const text = String(row.answer)
      return {
        status: 'succeeded',
        text,
        output: row.output === null ? text : (JSON.parse(String(row.output)) as Json),
      }
    }
    case 'failed':
      return { status: 'failed', failure: JSON.parse(String(row.failure)) as Failure }
    default:
      return { status: 'running' }
  }
}

function usageValues({ inputTokens, outputTokens, cachedTokens, cacheWriteTokens }: Usage): WriteValue[] {
  return [inputTokens, outputTokens, cachedTokens, cacheWriteTokens]
}

function readUsage(row: Row): Usage {
  return {
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    cachedTokens: Number(row.cached_tokens),
    cacheWriteTokens: Number(row.cache_write_tokens),
  }
}
