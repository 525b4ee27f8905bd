import type { Attempt, StageTrace } from '../../../shared/trace.ts'

/** Every attempt of some stages, those of the stages inside them included. */
export function allAttempts(stages: readonly Pick<StageTrace, 'attempts' | 'inner'>[]): readonly Attempt[] {
  return stages.flatMap(({ attempts, inner }) => [...attempts, ...inner.flatMap(({ stages }) => allAttempts(stages))])
}
