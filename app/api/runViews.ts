import { CELL_CODE, CELL_STATES, type CellState } from '../../shared/cell.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import type { RunProgress, StageCounts } from '../../shared/run.ts'
import type { ResultRow } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { readGathered } from '../engine/lanes/gatheredValue.ts'
import { skipReason } from '../engine/results/skipReason.ts'
import { storedSummary } from '../engine/run/runSummary.ts'
import type { ItemRecord, RunStore, StoredRun } from '../ports/runStore.ts'

/** Items read at once. */
const PAGE = 20_000

interface AskedCells {
  readonly lane: number
  readonly from: number
  readonly count: number
}

/** Items or groups of a lane that are known. */
export function laneItems(store: RunStore, run: StoredRun, lane: number): number {
  const { counts } = run.lanes[lane] ?? { counts: null }
  const counted = counts === null ? 0 : Object.values(counts).reduce((sum, count) => sum + count, 0)
  return lane === 0 ? (run.items ?? counted) : Math.max(counted, store.reached(run.run, lane))
}

/** Codes of at most `count` items from `from` on, from the database: one row an item, one byte a stage of the lane. */
export function storedCells(store: RunStore, run: StoredRun, { lane, from, count }: AskedCells): Uint8Array {
  const stages = run.stages.filter((stage) => stage.lane === lane)
  const columns = stages.length
  const gather = stages.findIndex(({ kind }) => kind === 'gather')
  const isCancelled = run.state.status === 'cancelled'
  const rows = Math.max(0, Math.min(count, laneItems(store, run, lane) - from))
  const states = new Uint8Array(rows * columns)
  if (isCancelled) states.fill(CELL_CODE.cancelled)
  const { finished, sealed, begun } = store.history(run.run, lane, { from, to: from + rows })
  const inGroups = new Set(sealed)
  for (const { index, status, cells } of finished) {
    states.set(cells.subarray(0, columns), (index - from) * columns)
    if (status === 'gathered' && !inGroups.has(index))
      states[(index - from) * columns + gather] = isCancelled ? CELL_CODE.cancelled : CELL_CODE.held
  }
  for (const [index, attempts] of begun) {
    for (const { stage, outcome } of attempts) {
      const column = stages.findIndex(({ id }) => id === stage)
      if (column >= 0 && outcome.status === 'succeeded') states[(index - from) * columns + column] = CELL_CODE.succeeded
    }
  }
  return states
}

/** The progress of a run that does not go on in this process, in the shape of a live one's. */
export function storedProgress(store: RunStore, run: StoredRun): RunProgress {
  return {
    summary: storedSummary(run),
    stageCounts: run.lanes.flatMap((_, lane) => countCells(store, run, lane)),
    itemsPerSecond: null,
    remainingMs: null,
    limits: null,
    lanes: run.lanes.map(() => ({ changed: new Uint32Array(), states: new Uint8Array() })),
  }
}

function countCells(store: RunStore, run: StoredRun, lane: number): readonly StageCounts[] {
  const columns = run.stages.filter((stage) => stage.lane === lane).length
  const total = laneItems(store, run, lane)
  const counts = Array.from({ length: columns }, () => new Map<CellState, number>())
  for (let from = 0; from < total; from += PAGE) {
    const states = storedCells(store, run, { lane, from, count: Math.min(PAGE, total - from) })
    for (const [at, code] of states.entries()) {
      const state = CELL_STATES[code] ?? 'waiting'
      const column = counts[at % columns]
      column?.set(state, (column.get(state) ?? 0) + 1)
    }
  }
  return counts.map((column): StageCounts => Object.fromEntries(column))
}

/** Longest text in a table's cell. */
const CELL_LENGTH = 300

/** `members`: of a group; 0: it is an item. */
export function resultRow(item: ItemRecord, members: number): ResultRow {
  const { lane, index, key, status, error, usage, costMicros, savedMicros, latencyMs, retries, revision, isRedone } =
    item
  const output = status === 'gathered' ? readGathered(item).value : (JSON.parse(item.outputJson) as Json)
  const sums = { usage, costMicros, savedMicros, latencyMs, retries, revision, isRedone }
  const reason = skipReason(item)
  return { lane, index, members, key, status, ...(reason && { reason }), output: cutTexts(output), error, ...sums }
}

export function undoneRow(
  place: Pick<ResultRow, 'lane' | 'index' | 'members' | 'key'>,
  status: 'running' | 'waiting' | 'cancelled',
): ResultRow {
  return {
    ...place,
    status,
    output: null,
    error: null,
    usage: NO_USAGE,
    costMicros: 0,
    savedMicros: 0,
    latencyMs: 0,
    retries: 0,
    revision: 0,
    isRedone: false,
  }
}

function cutTexts(value: Json): Json {
  if (typeof value === 'string') return value.length > CELL_LENGTH ? `${value.slice(0, CELL_LENGTH)}…` : value
  if (Array.isArray(value)) return value.slice(0, 20).map(cutTexts)
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cutTexts(entry)]))
  return value
}
