import type { Json } from '../json.ts'
import type { ItemError } from '../run.ts'
import { addUsage, NO_USAGE, type Usage } from '../usage.ts'
import { type ComparedRow, hasAnswer } from './compareRows.ts'
import { type ComparedCell, isValidTry, meanCost, quantile } from './foldTries.ts'
import { groupBy } from './groupBy.ts'
import { isSameOutput } from './sameOutput.ts'
import { type Share, shareOf } from './share.ts'

/** What one variant came to over the sample. */
export interface VariantSummary {
  readonly variant: string
  /** Tries that have ended; with repeats more than items. */
  readonly tries: number
  /** Items of which at least one try has ended. */
  readonly items: number
  /** Tries whose every answer fitted at once; null: none has ended. */
  readonly valid: Share | null
  /** Items with the same answer as the base; null: it is the base, or nothing can be held against it yet. */
  readonly agreement: Share | null
  /** Items whose answer is the expected one; null: none has an expected answer. */
  readonly expected: Share | null
  readonly p50LatencyMs: number | null
  readonly p95LatencyMs: number | null
  /** Millionths of a dollar for 1,000 items; null: not known. */
  readonly costMicrosPer1000: number | null
  readonly attempts: number
  readonly usage: Usage
  /** By what they failed for, the most frequent first. */
  readonly errors: readonly ErrorCount[]
}

export interface ErrorCount {
  readonly kind: ItemError['kind']
  readonly stage: string | null
  readonly count: number
  /** Of one of them. */
  readonly message: string
}

/** Whether an output is what is expected of its item, by the item's key. */
export type Expected = ReadonlyMap<string, (output: Json) => boolean>

export const NOTHING_EXPECTED: Expected = new Map()

export function summarizeVariant(
  rows: readonly ComparedRow[],
  { variant, base, expected }: { readonly variant: string; readonly base: string; readonly expected: Expected },
): VariantSummary {
  const own = rows.flatMap(({ cells, item }) => {
    const cell = cells.find((one) => one?.variant === variant && !isUnreadable(one)) ?? null
    const ofBase = cells.find((one) => one?.variant === base) ?? null
    return cell === null ? [] : [{ item, cell, ofBase }]
  })
  const tries = own.flatMap(({ cell }) => cell.tries.filter(({ status }) => status !== 'running'))
  const ended = own.filter(({ cell }) => cell.status !== 'running')
  const held = ended.filter(({ ofBase }) => hasAnswer(ofBase))
  const agreeing = held.filter(
    ({ cell, ofBase }) => hasAnswer(cell) && hasAnswer(ofBase) && isSameOutput(cell.output, ofBase.output),
  )
  const judged = ended.flatMap(({ item, cell }) => {
    const isExpected = expected.get(item.key)
    return isExpected === undefined ? [] : [hasAnswer(cell) && isExpected(cell.output)]
  })
  const latencies = tries.filter(({ status }) => status === 'succeeded').map(({ latencyMs }) => latencyMs)
  const cost = meanCost(tries)
  return {
    variant,
    tries: tries.length,
    items: ended.length,
    valid: shareOf(tries.filter(isValidTry).length, tries.length),
    agreement: variant === base ? null : shareOf(agreeing.length, held.length),
    expected: shareOf(judged.filter((isRight) => isRight).length, judged.length),
    p50LatencyMs: quantile(latencies, 0.5),
    p95LatencyMs: quantile(latencies, 0.95),
    costMicrosPer1000: cost === null ? null : cost * 1000,
    attempts: tries.reduce((sum, { attempts }) => sum + attempts, 0),
    usage: tries.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE),
    errors: countErrors(tries.flatMap(({ error }) => (error === null ? [] : [error]))),
  }
}

/** Its item could not be read: that is no variant's doing. */
function isUnreadable({ tries: [first] }: ComparedCell): boolean {
  return first.error?.kind === 'source'
}

function countErrors(errors: readonly ItemError[]): readonly ErrorCount[] {
  const groups = groupBy(errors, ({ kind, stage }) => `${kind} ${stage}`)
  return [...groups.values()]
    .flatMap(([first, ...more]) => (first === undefined ? [] : [{ ...first, count: more.length + 1 }]))
    .toSorted((a, b) => b.count - a.count)
}
