import { CELL_CODE, type CellState } from '../../../shared/cell.ts'
import { causeOf } from '../../../shared/failureCause.ts'
import { MICROS_PER_USD } from '../../../shared/format.ts'
import type { JsonObject } from '../../../shared/json.ts'
import type { StageResult } from '../../../shared/trace.ts'
import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import type { PlannedGather, PlannedLane } from '../../core/plan.ts'
import type { AttemptRecord, ItemRecord } from '../../ports/runStore.ts'
import { readStored } from '../results/storedJson.ts'
import type { ItemEnd, StageEnd } from '../stages/runItem.ts'
import type { GatherEnd } from './askGather.ts'
import { gatheredJson } from './gatheredValue.ts'

interface Finished {
  readonly run: string
  readonly lane: number
  readonly index: number
  readonly key: string
  readonly plan: PlannedLane
  readonly end: Exclude<ItemEnd, { kind: 'suspended' }>
  /** What the gather that ends its lane made of it; null: it did not get there. */
  readonly gather: GatherEnd | null
  /** All attempts of the item, of earlier processes too. */
  readonly attempts: readonly AttemptRecord[]
  readonly latencyMs: number
  /** Of the run's chain. */
  readonly revision: number
}

/** What is stored of a finished item, and what its result line is made of. */
export function itemRecord(finished: Finished): ItemRecord {
  const { run, lane, index, key, plan, end, gather, attempts, latencyMs, revision } = finished
  const sums = sumAttempts(attempts)
  const stages: { [id: string]: StageResult } = {}
  for (const stage of plan.stages) {
    const stageEnd = end.stages[stage.column]
    if (stageEnd !== undefined) stages[stage.id] = stageResult(stageEnd, attemptsWithin(attempts, stage.id))
  }
  const cells = end.stages.map((stageEnd, column) =>
    shownState(stageEnd, attemptsWithin(attempts, plan.stages[column]?.id ?? '')),
  )
  if (plan.ends !== null) {
    const gatherEnd = stageEndOf(gather)
    stages[plan.ends.id] = stageResult(gatherEnd, [])
    cells.push(cellStateOf(gatherEnd))
  }
  const asked = new Set(attempts.map((attempt) => attempt.stage)).size
  const outcome = whatItCameTo(end, gather, plan.ends)
  return {
    run,
    lane,
    index,
    key,
    ...outcome,
    usage: sums.usage,
    costMicros: sums.costMicros,
    savedMicros: sums.savedMicros,
    cause: outcome.error === null ? null : causeOf(outcome.error),
    revision,
    isRedone: false,
    latencyMs,
    retries: attempts.length - asked,
    stagesJson: JSON.stringify(stages),
    cells: Uint8Array.from(cells, (state) => CELL_CODE[state]),
  }
}

/** The record of an item that was gathered and then found no partner. */
export function unmatchedRecord(record: ItemRecord, gather: PlannedGather): ItemRecord {
  const left = { status: 'skipped', reason: 'unmatched' }
  const stages = { ...(readStored(record.stagesJson) as JsonObject), [gather.id]: left }
  const cells = record.cells.slice()
  cells[gather.column] = CELL_CODE.skipped
  return { ...record, status: 'skipped', outputJson: 'null', stagesJson: JSON.stringify(stages), cells }
}

function whatItCameTo(
  end: Finished['end'],
  gather: GatherEnd | null,
  gatherStage: PlannedGather | null,
): Pick<ItemRecord, 'status' | 'outputJson' | 'error'> {
  if (end.kind === 'failed') return { status: 'failed', outputJson: 'null', error: end.error }
  switch (gather?.kind) {
    case undefined:
      return { status: end.status, outputJson: JSON.stringify(end.output), error: null }
    case 'gathered':
      return { status: 'gathered', outputJson: gatheredJson(gather.gathered), error: null }
    case 'filtered':
      return { status: 'skipped', outputJson: 'null', error: null }
    case 'failed': {
      const { kind, message } = gather.failure
      return { status: 'failed', outputJson: 'null', error: { stage: gatherStage?.id ?? null, kind, message } }
    }
  }
}

function stageEndOf(gather: GatherEnd | null): StageEnd {
  switch (gather?.kind) {
    case undefined:
      return { kind: 'skipped', reason: 'The item did not get so far.' }
    case 'gathered':
      return { kind: 'succeeded', output: null }
    case 'filtered':
      return { kind: 'skipped', reason: 'filtered' }
    case 'failed':
      return { kind: 'failed', failure: gather.failure, output: null }
  }
}

function cellStateOf(end: StageEnd): CellState {
  switch (end.kind) {
    case 'succeeded':
    case 'failed':
    case 'skipped':
      return end.kind
    case 'suspended':
      return 'waiting'
  }
}

/** As the grid shows a cell: whether anything was asked for it, or memory had all its answers. */
export function shownState(end: StageEnd, within: readonly AttemptRecord[]): CellState {
  return end.kind === 'succeeded' && isRemembered(within) ? 'remembered' : cellStateOf(end)
}

function isRemembered(attempts: readonly AttemptRecord[]): boolean {
  const counted = attempts.filter(({ forgotten }) => !forgotten)
  return counted.length > 0 && counted.every(({ purpose }) => purpose === 'remembered')
}

/** Of a cell and all that runs inside it. */
export function attemptsWithin(attempts: readonly AttemptRecord[], stage: string): readonly AttemptRecord[] {
  return attempts.filter((attempt) => attempt.stage === stage || attempt.stage.startsWith(`${stage}/`))
}

/** What was used and spent here, apart from what answers from memory cost when they were asked for. */
export function sumAttempts(attempts: readonly AttemptRecord[]) {
  const asked = attempts.filter(({ purpose }) => purpose !== 'remembered')
  return { ...sumAll(asked), savedMicros: sumAll(attempts.filter(isSaving)).costMicros }
}

/** An answer that another run has paid for. */
export function isSaving({ purpose, rememberedFrom, run, forgotten }: AttemptRecord): boolean {
  return purpose === 'remembered' && rememberedFrom !== run && !forgotten
}

function sumAll(attempts: readonly AttemptRecord[]) {
  return {
    usage: attempts.reduce((sum, attempt) => (attempt.usage === null ? sum : addUsage(sum, attempt.usage)), NO_USAGE),
    costMicros: attempts.reduce((sum, attempt) => sum + (attempt.costMicros ?? 0), 0),
    latencyMs: attempts.reduce((sum, attempt) => sum + (attempt.latencyMs ?? 0), 0),
  }
}

function stageResult(end: StageEnd, attempts: readonly AttemptRecord[]): StageResult {
  const status = end.kind === 'suspended' ? 'skipped' : end.kind
  const reason = end.kind === 'skipped' ? { reason: end.reason } : {}
  const last = attempts.at(-1)
  if (last === undefined) return { status, ...reason }
  const remembered = isRemembered(attempts)
  // An answer from memory keeps its cost and time of then, marked.
  const { usage, costMicros, latencyMs } = remembered ? sumAll(attempts) : sumAttempts(attempts)
  const isPriced = attempts.every((attempt) => attempt.usage === null || attempt.costMicros !== null)
  const costUsd = isPriced ? costMicros / MICROS_PER_USD : null
  return {
    status,
    ...(last.tier === null ? {} : { tier: last.tier }),
    ...(last.model === null ? {} : { model: last.model }),
    attempts: attempts.length,
    latencyMs: Math.round(latencyMs),
    usage,
    costUsd,
    ...(remembered && { remembered: true as const }),
    ...reason,
  }
}
