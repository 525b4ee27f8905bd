import type { Json } from '../json.ts'
import type { TriedCell } from '../triedCell.ts'
import { groupBy } from './groupBy.ts'
import { canonicalJson } from './sameOutput.ts'

/** All tries of one item in one variant, as one cell of the matrix. */
export interface ComparedCell {
  readonly variant: string
  /** At least one. The first one gave what is shown. */
  readonly tries: readonly [TriedCell, ...TriedCell[]]
  readonly status: TriedCell['status']
  /** What most of its tries gave; null: none has succeeded. */
  readonly output: Json
  /** How many tries gave that output. */
  readonly same: number
  /** Of the middle one; null: none has ended. */
  readonly latencyMs: number | null
  /** Of one try, on average; null: not known. */
  readonly costMicros: number | null
  /** Over all tries. */
  readonly attempts: number
  /** Every try succeeded, and every answer fitted at once. */
  readonly isValid: boolean
  readonly remembered: boolean
}

/** null: it has not begun. */
export function foldTries(tries: readonly TriedCell[]): ComparedCell | null {
  const ended = tries.filter(({ status }) => status !== 'running')
  const groups = groupBy(
    tries.filter(({ status }) => status === 'succeeded' || status === 'skipped'),
    ({ output }) => canonicalJson(output),
  )
  // Of two that are as frequent, the one that came first.
  const most = [...groups.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const shown = most[0] ?? ended[0] ?? tries[0]
  if (shown === undefined) return null
  const isRunning = ended.length < tries.length
  return {
    variant: shown.variant,
    tries: [shown, ...tries.filter((other) => other !== shown)],
    status: isRunning && most.length === 0 ? 'running' : shown.status,
    output: most.length === 0 ? null : shown.output,
    same: most.length,
    latencyMs: quantile(
      ended.map(({ latencyMs }) => latencyMs),
      0.5,
    ),
    costMicros: meanCost(ended),
    attempts: ended.reduce((sum, { attempts }) => sum + attempts, 0),
    isValid: ended.every(isValidTry),
    remembered: ended.length > 0 && ended.every(({ remembered }) => remembered),
  }
}

export function isValidTry({ status, isValid }: TriedCell): boolean {
  return status !== 'failed' && isValid
}

/** Of one try, in millionths of a dollar; null: one of them is not known, or there is none. */
export function meanCost(costs: readonly { readonly costMicros: number | null }[]): number | null {
  let sum = 0
  for (const { costMicros } of costs) {
    if (costMicros === null) return null
    sum += costMicros
  }
  return costs.length === 0 ? null : sum / costs.length
}

/** The value below which that share of them lies (nearest rank); null: there is none. */
export function quantile(values: readonly number[], share: number): number | null {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? null
}
