import { CELL_CODE, CELL_STATES, type CellState } from '../../shared/cell.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import type { RunProgress, StageCounts } from '../../shared/run.ts'
import type { ResultRow } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { storedSummary } from '../engine/runSummary.ts'
import type { ItemRecord, RunStore, StoredRun } from '../ports/runStore.ts'

/** Items read at once. */
const PAGE = 20_000

/** Codes of at most `count` items from `from` on, from the database: one row an item, one byte a stage. */
export function storedCells(store: RunStore, run: StoredRun, asked: { from: number; count: number }): Uint8Array {
  const columns = run.stages.length
  const range = { from: asked.from, count: Math.max(0, Math.min(asked.count, (run.items ?? 0) - asked.from)) }
  const states = new Uint8Array(range.count * columns)
  if (run.state.status === 'cancelled') states.fill(CELL_CODE.cancelled)
  const { finished, begun } = store.history(run.run, range.from, range.from + range.count)
  for (const { index, cells } of finished) states.set(cells.subarray(0, columns), (index - range.from) * columns)
  for (const [index, attempts] of begun) {
    for (const { stage, outcome } of attempts) {
      const column = run.stages.findIndex(({ id }) => id === stage)
      if (outcome.status === 'succeeded') states[(index - range.from) * columns + column] = CELL_CODE.succeeded
    }
  }
  return states
}

/** The progress of a run that does not go on in this process, in the shape of a live one's. */
export function storedProgress(store: RunStore, run: StoredRun): RunProgress {
  const columns = run.stages.length
  const total = run.items ?? 0
  const counts = Array.from({ length: columns }, () => new Map<CellState, number>())
  for (let from = 0; from < total; from += PAGE) {
    const states = storedCells(store, run, { from, count: Math.min(PAGE, total - from) })
    for (const [at, code] of states.entries()) {
      const state = CELL_STATES[code] ?? 'waiting'
      const column = counts[at % columns]
      column?.set(state, (column.get(state) ?? 0) + 1)
    }
  }
  return {
    summary: storedSummary(run),
    stageCounts: counts.map((column): StageCounts => Object.fromEntries(column)),
    itemsPerSecond: null,
    remainingMs: null,
    changed: new Uint32Array(),
    states: new Uint8Array(),
  }
}

/** Longest text in a table's cell. */
const CELL_LENGTH = 300

export function resultRow(item: ItemRecord): ResultRow {
  const { index, key, status, error, usage, costMicros, latencyMs, retries } = item
  return {
    index,
    key,
    status,
    output: cutTexts(JSON.parse(item.outputJson) as Json),
    error,
    usage,
    costMicros,
    latencyMs,
    retries,
  }
}

export function undoneRow(index: number, key: string, status: 'running' | 'waiting' | 'cancelled'): ResultRow {
  return { index, key, status, output: null, error: null, usage: NO_USAGE, costMicros: 0, latencyMs: 0, retries: 0 }
}

function cutTexts(value: Json): Json {
  if (typeof value === 'string') return value.length > CELL_LENGTH ? `${value.slice(0, CELL_LENGTH)}…` : value
  if (Array.isArray(value)) return value.slice(0, 20).map(cutTexts)
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, cutTexts(entry)]))
  return value
}
