import { cellState } from '../../../shared/cell.ts'
import type { Failure } from '../../../shared/failure.ts'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { ItemError } from '../../../shared/run.ts'
import type { GroupInfo, ItemTrace, StageTrace } from '../../../shared/trace.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedGather, PlannedLane } from '../../core/plan.ts'
import type { AttemptRecord, ItemRecord } from '../../ports/runStore.ts'
import { sumAttempts } from '../lanes/itemRecord.ts'
import { readStored } from '../results/storedJson.ts'
import { AttemptsByCell } from './attemptsByCell.ts'
import { replayItem } from './replayItem.ts'
import { asStored, stageTrace } from './traceStage.ts'

export interface Traced {
  readonly run: string
  readonly lane: number
  readonly index: number
  readonly key: string
  readonly plan: PlannedLane
  /** The item or the group, and the names that its stages see; or why it cannot be read any more. */
  readonly item:
    | { readonly ok: true; readonly value: Json; readonly scope: Scope }
    | { readonly ok: false; readonly message: string }
  readonly group: GroupInfo | null
  readonly inGroup: number | null
  readonly attempts: readonly AttemptRecord[]
  /** null: the item is not finished. */
  readonly record: ItemRecord | null
  /** The item's cells where the run goes on; null: it does not. */
  readonly liveCells: Uint8Array | null
  readonly isCancelled: boolean
  /** Of the run's chain, by which it ran or will run. */
  readonly revision: number
  /** When cells of it are asked again that wait for that, by their paths. */
  readonly retries: ReadonlyMap<string, number>
}

/**
 * Everything known of one item. What a model answered and the web gave is stored; what stages only compute is worked out
 * again from it, by the same code that ran it, so that nothing need be stored twice.
 */
export async function traceItem(traced: Traced): Promise<ItemTrace> {
  const { run, lane, index, key, item, group, inGroup, record, attempts } = traced
  const sums = sumAttempts(attempts)
  return {
    run,
    lane,
    index,
    key,
    status: statusOf(traced),
    group,
    inGroup,
    item: item.ok ? item.value : null,
    itemProblem: item.ok ? null : item.message,
    stages: await stagesOf(traced),
    output: record === null ? null : readStored(record.outputJson),
    error: record?.error ?? null,
    usage: sums.usage,
    costMicros: sums.costMicros,
    savedMicros: sums.savedMicros,
    revision: traced.revision,
    isRedone: record?.isRedone ?? false,
    latencyMs: record?.latencyMs ?? sums.latencyMs,
  }
}

function statusOf({ record, liveCells, isCancelled }: Traced): ItemTrace['status'] {
  if (record !== null && !(record.isRedone && liveCells?.some((code) => code !== 0))) return record.status
  if (liveCells?.some((code) => code !== 0)) return 'running'
  return isCancelled ? 'cancelled' : 'waiting'
}

async function stagesOf({ plan, item, record, liveCells, retries, ...traced }: Traced): Promise<readonly StageTrace[]> {
  const attempts = new AttemptsByCell(traced.attempts)
  // Of an item that is asked again the result stands, but no longer says where its stages are.
  const standing = record?.isRedone === true ? null : record
  const isFinished = standing !== null
  const replay = item.ok ? await replayItem({ plan, scope: item.scope, attempts, isFinished }) : null
  const source = { attempts, replay, retries, isLive: liveCells !== null, isFinished }
  const error = standing?.error ?? null
  const stages = plan.stages.map((stage) =>
    asStored(stageTrace({ stage, path: stage.id, end: replay?.ends[stage.column] ?? null }, source), {
      code: standing?.cells[stage.column] ?? liveCells?.[stage.column],
      failed: error?.stage ?? null,
      failure: error?.stage === stage.id ? failureOf(error) : null,
    }),
  )
  return plan.ends === null ? stages : [...stages, gatherTrace(plan.ends, standing, liveCells)]
}

/** How the item left its lane: taken on, left out, or failed on the way. */
function gatherTrace(gather: PlannedGather, record: ItemRecord | null, liveCells: Uint8Array | null): StageTrace {
  const code = liveCells?.[gather.column] ?? record?.cells[gather.column] ?? 0
  const stored = record === null ? null : readStored(record.stagesJson)
  const own = isJsonObject(stored) ? stored[gather.id] : undefined
  const reason = isJsonObject(own) && typeof own.reason === 'string' ? own.reason : null
  return {
    stage: gather.id,
    kind: 'gather',
    state: cellState(code),
    reason,
    input: null,
    prompt: null,
    instructions: null,
    output: record?.status === 'gathered' ? readStored(record.outputJson) : null,
    failure: record?.error?.stage === gather.id ? failureOf(record.error) : null,
    attempts: [],
    retryAt: null,
    savedMicros: 0,
    usage: NO_USAGE,
    costMicros: 0,
    latencyMs: 0,
    inner: [],
  }
}

/** Of a stage that failed before it asked anything, its error is all there is. */
function failureOf({ kind, message }: ItemError): Failure {
  switch (kind) {
    case 'invalid_input':
    case 'refused':
    case 'source':
    case 'budget':
    case 'cancelled':
    case 'internal':
      return { kind, message }
    case 'too_long':
      return { kind, message, raw: null }
    case 'expression':
      return { kind, message, expression: '', place: '' }
    default:
      return { kind: 'internal', message }
  }
}
