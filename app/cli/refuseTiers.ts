import { closest } from '../../shared/closest.ts'
import type { Tier } from '../../shared/tier.ts'
import { AS_DRAWN } from '../../shared/variant.ts'
import { Refusal } from './refusal.ts'

/** Refuses tiers of `--tiers` that are named twice, are not there, or cannot be called. */
export function refuseTiers(given: readonly string[], tiers: readonly Tier[]): void {
  const twice = given.find((name, at) => given.indexOf(name) !== at)
  if (twice !== undefined) throw new Refusal(`--tiers names ${twice} twice.`)
  for (const name of given) {
    if (name === AS_DRAWN) continue
    const tier = tiers.find((one) => one.name === name)
    if (tier?.notReady != null) throw new Refusal(`Tier ${name} is not ready: ${tier.notReady}`)
    if (tier !== undefined) continue
    const known = [...tiers.map((one) => one.name), AS_DRAWN]
    const meant = closest(name, known)
    throw new Refusal(
      meant === null
        ? `There is no tier ${name}. There are: ${known.join(', ')}.`
        : `There is no tier ${name}: did you mean ${meant}?`,
    )
  }
}
