import { CELL_CODE, type CellState } from '../../shared/cell.ts'
import { MICROS_PER_USD } from '../../shared/format.ts'
import type { StageResult } from '../../shared/trace.ts'
import { addUsage, NO_USAGE } from '../../shared/usage.ts'
import type { Plan } from '../core/plan.ts'
import type { AttemptRecord, ItemRecord } from '../ports/runStore.ts'
import type { ItemEnd, StageEnd } from './runItem.ts'

interface Finished {
  readonly run: string
  readonly index: number
  readonly key: string
  readonly plan: Plan
  readonly end: Exclude<ItemEnd, { kind: 'suspended' }>
  /** All attempts of the item, of earlier processes too. */
  readonly attempts: readonly AttemptRecord[]
  readonly latencyMs: number
}

/** What is stored of a finished item, and what its result line is made of. */
export function itemRecord({ run, index, key, plan, end, attempts, latencyMs }: Finished): ItemRecord {
  const sums = sumAttempts(attempts)
  const stages: { [id: string]: StageResult } = {}
  for (const stage of plan.stages) {
    const stageEnd = end.stages[stage.column]
    if (stageEnd !== undefined)
      stages[stage.id] = stageResult(
        stageEnd,
        attempts.filter((attempt) => attempt.stage === stage.id),
      )
  }
  const asked = new Set(attempts.map((attempt) => attempt.stage)).size
  return {
    run,
    index,
    key,
    status: end.kind === 'failed' ? 'failed' : end.status,
    outputJson: end.kind === 'failed' ? 'null' : JSON.stringify(end.output),
    error: end.kind === 'failed' ? end.error : null,
    usage: sums.usage,
    costMicros: sums.costMicros,
    latencyMs,
    retries: attempts.length - asked,
    stagesJson: JSON.stringify(stages),
    cells: new Uint8Array(end.stages.map((stageEnd) => CELL_CODE[cellStateOf(stageEnd)])),
  }
}

export function cellStateOf(end: StageEnd): CellState {
  switch (end.kind) {
    case 'succeeded':
    case 'failed':
    case 'skipped':
      return end.kind
    case 'suspended':
      return 'waiting'
  }
}

export function sumAttempts(attempts: readonly AttemptRecord[]) {
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
  const { usage, costMicros, latencyMs } = sumAttempts(attempts)
  const isPriced = attempts.every((attempt) => attempt.usage === null || attempt.costMicros !== null)
  const costUsd = isPriced ? costMicros / MICROS_PER_USD : null
  return {
    status,
    tier: last.tier,
    model: last.model,
    attempts: attempts.length,
    latencyMs: Math.round(latencyMs),
    usage,
    costUsd,
    ...reason,
  }
}
