import { z } from 'zod'
import type { Chain } from './chain.ts'
import { type LaunchOptions, stageOverride } from './run.ts'
import { allStages } from './stageTree.ts'

/** The chain as it stands. */
export const AS_DRAWN = 'as-drawn'

/** One way to run a chain, to be held against others. */
export const variant = z.strictObject({
  /** Distinct among those that are compared. */
  name: z.string().min(1).max(120),
  /** Every model stage runs on it, and asks no better one. */
  tier: z.string().min(1).optional(),
  /** Stage id → tier. */
  tiers: z.record(z.string(), z.string().min(1)).optional(),
  /** Stage id → what else is different there. */
  stages: z.record(z.string(), stageOverride).optional(),
  /** Another version of the chain: another prompt, say. */
  text: z.string().optional(),
})
export type Variant = z.infer<typeof variant>

/** A variant as the command line names it: a tier, or the chain as it is drawn. */
export function variantOfTier(tier: string): Variant {
  return tier === AS_DRAWN ? { name: AS_DRAWN } : { name: tier, tier }
}

/** What a launch of the chain says to be this variant. */
export function variantOptions(
  { tier, tiers, stages }: Variant,
  chain: Chain,
): Pick<LaunchOptions, 'tiers' | 'stages'> {
  const ids = tier === undefined ? [] : modelStages(chain)
  const named = { ...Object.fromEntries(ids.map((id) => [id, tier ?? ''])), ...tiers }
  const alone = Object.fromEntries(ids.map((id) => [id, { escalate: null, ...stages?.[id] }]))
  const changed = { ...stages, ...alone }
  return {
    ...(Object.keys(named).length > 0 && { tiers: named }),
    ...(Object.keys(changed).length > 0 && { stages: changed }),
  }
}

function modelStages(chain: Chain): readonly string[] {
  return allStages(chain).flatMap(({ id, stage }) => (stage.kind === 'model' ? [id] : []))
}
