import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import type { ItemError } from '../../shared/run.ts'
import type { AttemptOutcome, AttemptRequest } from '../../shared/trace.ts'
import type { Usage } from '../../shared/usage.ts'
import type {
  AttemptRecord,
  ItemRecord,
  RunHistory,
  RunProgressRecord,
  RunRecord,
  StoredRun,
} from '../ports/runStore.ts'
import type { WriteValue } from './writes.ts'

type Row = Record<string, unknown>

/** The values of a new row of `runs`, but for its owner. Bodies that lists do not need stand in columns of their own. */
export function runValues(run: RunRecord & RunProgressRecord): WriteValue[] {
  const { chainText, testItem, state, items, endedAt, activeMs, concurrency, budgetMicros, totals, ...record } = run
  const progress: RunProgressRecord = { state, items, endedAt, activeMs, concurrency, budgetMicros, totals }
  const testJson = testItem === null ? null : JSON.stringify(testItem)
  return [run.run, run.kind, JSON.stringify(record), chainText, testJson, JSON.stringify(progress)]
}

export function runFromRow(row: Row, isLive: boolean): StoredRun {
  const record = JSON.parse(String(row.record)) as Omit<RunRecord, 'chainText' | 'testItem'>
  const progress = JSON.parse(String(row.progress)) as RunProgressRecord
  const testItem = row.test_item === null ? null : (JSON.parse(String(row.test_item)) as RunRecord['testItem'])
  return { ...record, ...progress, chainText: String(row.chain_text), testItem, isLive }
}

export function finishedFromRow(row: Row): RunHistory['finished'][number] {
  const cells = new Uint8Array(Buffer.from(String(row.cells), 'hex'))
  return { index: Number(row.idx), status: row.status as ItemRecord['status'], cells }
}

export function itemFromRow(row: Row, run: string): ItemRecord {
  return {
    run,
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

export function attemptFromRow(row: Row, run: string): AttemptRecord {
  return {
    run,
    index: Number(row.idx),
    stage: String(row.stage),
    number: Number(row.number),
    purpose: row.purpose as AttemptRecord['purpose'],
    tier: String(row.tier),
    model: String(row.model),
    startedAt: Number(row.started_at),
    latencyMs: row.latency_ms === null ? null : Number(row.latency_ms),
    request: JSON.parse(String(row.request)) as AttemptRequest,
    outcome: readAttemptOutcome(row),
    usage: row.input_tokens === null ? null : readUsage(row),
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    forgotten: row.forgotten === 1,
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

function readUsage(row: Row): Usage {
  return {
    inputTokens: Number(row.input_tokens),
    outputTokens: Number(row.output_tokens),
    cachedTokens: Number(row.cached_tokens),
  }
}
