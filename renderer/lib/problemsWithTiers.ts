import type { Problem } from '../../shared/problem.ts'
import type { Tier } from '../../shared/tier.ts'

/** Stage id → tier, for one launch or one try. */
type TierChoice = { readonly [stage: string]: string }

/**
 * What stands against a chain once some of its stages are given other tiers: a tier that is replaced is no problem any
 * more, one that is chosen may be.
 */
export function problemsWithTiers(
  problems: readonly Problem[],
  chosen: TierChoice,
  tiers: readonly Tier[],
): readonly Problem[] {
  const others = problems.filter(
    ({ path }) => !(path[0] === 'stages' && path.at(-1) === 'tier' && isIn(chosen, path.at(-2))),
  )
  const notReady = Object.entries(chosen).flatMap(([stage, name]): readonly Problem[] => {
    const message = tiers.find((tier) => tier.name === name)?.notReady ?? null
    return message === null
      ? []
      : [{ severity: 'error', path: ['stages', stage, 'tier'], line: null, column: null, message }]
  })
  return [...others, ...notReady]
}

function isIn(chosen: TierChoice, stage: string | number | undefined): boolean {
  return typeof stage === 'string' && stage in chosen
}
