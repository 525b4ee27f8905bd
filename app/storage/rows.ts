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
  RevisionRecord,
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
  const { state, items, endedAt, activeMs, concurrency, budgetMicros, totals, lanes, packs, ...withMore } = rest
  const { revision, canary, ignoredWires, unaccounted, ...record } = withMore
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
    revision,
    canary,
    ignoredWires,
    unaccounted,
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

/** What runs of earlier builds did not store. */
type ReadSince = 'revision' | 'canary' | 'ignoredWires' | 'unaccounted'
const NO_MONEY = { savedMicros: 0, uncertainMicros: 0, remembered: 0 }

function completed(
  progress: Partial<RunProgressRecord> & Omit<RunProgressRecord, 'lanes' | 'packs' | ReadSince>,
): RunProgressRecord {
  const totals = { ...NO_MONEY, ...progress.totals, usage: { ...NO_USAGE, ...progress.totals.usage } }
  return {
    revision: 0,
    canary: null,
    ignoredWires: [],
    unaccounted: null,
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
  const { savedMicros, cause, revision } = item
  const errorJson = error === null ? null : JSON.stringify(error)
  const place: WriteValue[] = [run, lane, index, key, status, cells, costMicros, latencyMs]
  return [
    ...place,
    ...usageValues(usage),
    retries,
    errorJson,
    item.outputJson,
    item.stagesJson,
    savedMicros,
    cause,
    revision,
  ]
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
    savedMicros: Number(row.saved_micros),
    cause: row.cause === null ? null : String(row.cause),
    revision: Number(row.revision),
    isRedone: row.redo === 1,
  }
}

export function startedValues(attempt: AttemptRecord): WriteValue[] {
  const { run, lane, index, stage, number, purpose, tier, model, startedAt, pack } = attempt
  const share: WriteValue[] = [pack?.pack ?? null, pack?.id ?? null, pack?.size ?? null, pack?.reason ?? null]
  const request = JSON.stringify(attempt.request)
  return [
    run,
    lane,
    index,
    stage,
    number,
    purpose,
    tier,
    model,
    startedAt,
    ...share,
    request,
    attempt.ask,
    attempt.reservedMicros,
  ]
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
  return [
    run,
    lane,
    index,
    stage,
    number,
    outcome.status,
    latencyMs,
    ...tokens,
    costMicros,
    ...result,
    model,
    attempt.reservedMicros,
  ]
}

/** An answer from memory is written whole, at once. */
export function rememberedValues(attempt: AttemptRecord): WriteValue[] {
  const { run, lane, index, stage, number, tier, model, startedAt, request, ask, rememberedFrom, latencyMs } = attempt
  const { usage, costMicros, outcome } = attempt
  if (outcome.status !== 'succeeded') throw new Error('Only answers are remembered.')
  const output = outcome.output === outcome.text ? null : JSON.stringify(outcome.output)
  const tokens = usage === null ? [null, null, null, null] : usageValues(usage)
  const place: WriteValue[] = [run, lane, index, stage, number, tier, model, startedAt, JSON.stringify(request)]
  return [...place, ask, rememberedFrom, latencyMs, ...tokens, costMicros, outcome.text, output]
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
    rememberedFrom: row.remembered_from === null ? null : String(row.remembered_from),
    reservedMicros: row.reserved_micros === null ? null : Number(row.reserved_micros),
    ask: row.ask === null ? null : String(row.ask),
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

export function revisionValues({ run, chainText, files, ...record }: RevisionRecord): WriteValue[] {
  return [run, record.revision, JSON.stringify({ run, ...record }), chainText, JSON.stringify(files)]
}

export function revisionFromRow(row: Row): RevisionRecord {
  const record = JSON.parse(String(row.record)) as Omit<RevisionRecord, 'chainText' | 'files'>
  return {
    ...record,
    chainText: String(row.chain_text),
    files: JSON.parse(String(row.files)) as RevisionRecord['files'],
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
