import { z } from 'zod'
import type { Interval } from '../judging/interval.ts'
import { wilsonInterval } from '../judging/wilsonInterval.ts'
import type { Baseline } from './suite.ts'

export const evaluatedCase = z.object({
  name: z.string(),
  /** Key of the item; null: the case brings its own. */
  item: z.string().nullable(),
  stage: z.string().nullable(),
  passed: z.boolean(),
  /** 0 to 1: the mean of how near the output is to what is expected, and of the checks. */
  score: z.number(),
  /** Why it did not pass. */
  reasons: z.array(z.string()),
  /** A run of kind `test` whose only item's trace tells all; empty: there is none. */
  run: z.string(),
  latencyMs: z.number(),
  /** Millionths of a dollar; null: not known. */
  costMicros: z.number().nullable(),
})
export type EvaluatedCase = z.infer<typeof evaluatedCase>

/** A suite as one variant of a chain came through it. */
export const evaluation = z.object({
  id: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
  /** File of the suite; null: the one beside the chain. */
  suite: z.string().nullable(),
  variant: z.string(),
  /** Of the chain's text: the same for the same text. */
  chainVersion: z.string(),
  cases: z.array(evaluatedCase),
})
export type Evaluation = z.infer<typeof evaluation>

/** What an evaluation came to. */
export interface PassRate {
  readonly passed: number
  readonly total: number
  /** 0 to 1; 1 where there are no cases. */
  readonly rate: number
  /** 95 %: what it may be over all items that are like these cases. */
  readonly interval: Interval
  /** Millionths of a dollar; null: not known. */
  readonly costMicros: number | null
}

export function passRate({ cases }: Pick<Evaluation, 'cases'>): PassRate {
  const passed = cases.filter((one) => one.passed).length
  return {
    passed,
    total: cases.length,
    rate: cases.length === 0 ? 1 : passed / cases.length,
    interval: wilsonInterval(passed, cases.length),
    costMicros: cases.reduce<number | null>(
      (sum, { costMicros }) => (sum === null || costMicros === null ? null : sum + costMicros),
      0,
    ),
  }
}

export function baselineOf({ id, at, variant, cases }: Evaluation): Baseline {
  return {
    evaluation: id,
    at: new Date(at).toISOString(),
    variant,
    passed: cases.filter(({ passed }) => passed).map(({ name }) => name),
    failed: cases.filter(({ passed }) => !passed).map(({ name }) => name),
  }
}

/** Names of the cases whose fate is another one than in the baseline. */
export interface Changes {
  /** Passed then, fail now. */
  readonly regressions: readonly string[]
  /** Failed then, pass now. */
  readonly improvements: readonly string[]
  /** Not in the baseline. */
  readonly added: readonly string[]
}

export function changesSince(baseline: Baseline, { cases }: Pick<Evaluation, 'cases'>): Changes {
  const [passed, failed] = [new Set(baseline.passed), new Set(baseline.failed)]
  const namesOf = (isMeant: (one: EvaluatedCase) => boolean) => cases.filter(isMeant).map(({ name }) => name)
  return {
    regressions: namesOf((one) => !one.passed && passed.has(one.name)),
    improvements: namesOf((one) => one.passed && failed.has(one.name)),
    added: namesOf(({ name }) => !passed.has(name) && !failed.has(name)),
  }
}

/** Cases in the order in which they are read: regressions, other failures, improvements, the rest. */
export function byConcern(
  cases: readonly EvaluatedCase[],
  { regressions, improvements }: Changes,
): readonly EvaluatedCase[] {
  const rank = ({ name, passed }: EvaluatedCase) =>
    regressions.includes(name) ? 0 : !passed ? 1 : improvements.includes(name) ? 2 : 3
  return [...cases].sort((a, b) => rank(a) - rank(b))
}
