import { MICROS_PER_USD } from '../../shared/format.ts'
import type { ItemTrace } from '../../shared/trace.ts'

/** The document that `test --json` and `show --item --json` print: the trace, with money in US dollars. */
export function traceJson({ costMicros, stages, ...trace }: ItemTrace) {
  return {
    ...trace,
    costUsd: costMicros / MICROS_PER_USD,
    stages: stages.map(({ costMicros: ofStage, attempts, ...stage }) => ({
      ...stage,
      costUsd: ofStage / MICROS_PER_USD,
      attempts: attempts.map(({ costMicros: ofAttempt, ...attempt }) => ({
        ...attempt,
        costUsd: ofAttempt === null ? null : ofAttempt / MICROS_PER_USD,
      })),
    })),
  }
}
