import { MICROS_PER_USD } from '../../shared/format.ts'
import type { InnerTrace, ItemTrace, StageTrace } from '../../shared/trace.ts'

/** The document that `test --json` and `show --item --json` print: the trace, with money in US dollars. */
export function traceJson({ costMicros, stages, ...trace }: ItemTrace) {
  return { ...trace, costUsd: costMicros / MICROS_PER_USD, stages: stages.map(stageJson) }
}

interface StageJson extends Omit<StageTrace, 'costMicros' | 'attempts' | 'inner'> {
  readonly costUsd: number
  readonly attempts: readonly unknown[]
  readonly inner: readonly (Omit<InnerTrace, 'stages'> & { readonly stages: readonly StageJson[] })[]
}

function stageJson({ costMicros, attempts, inner, ...stage }: StageTrace): StageJson {
  return {
    ...stage,
    costUsd: costMicros / MICROS_PER_USD,
    attempts: attempts.map(({ costMicros: ofAttempt, ...attempt }) => ({
      ...attempt,
      costUsd: ofAttempt === null ? null : ofAttempt / MICROS_PER_USD,
    })),
    inner: inner.map((entry) => ({ ...entry, stages: entry.stages.map(stageJson) })),
  }
}
