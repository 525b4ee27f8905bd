import { Tooltip } from '@mantine/core'
import type { Tier } from '../../shared/tier.ts'
import classes from './TierBadge.module.css'

const TINTED: readonly string[] = ['local', 'standard', 'frontier']

interface TierBadgeProps {
  /** The name, where the tier itself is not known (a run of another workspace, a misspelt name). */
  readonly name: string
  readonly tier?: Tier | null
  /** With the name beside the letter. */
  readonly withName?: boolean
}

/** The outlined letter of a tier: a tint, never the colour of a state. */
export function TierBadge({ name, tier = null, withName = false }: TierBadgeProps) {
  const tint = TINTED.includes(name) ? name : 'other'
  const badge = (
    <span className={classes.root} data-tier={tint} data-not-ready={tier?.notReady != null}>
      <span className={classes.letter}>{tier?.letter ?? name.slice(0, 1).toUpperCase()}</span>
      {withName && <span>{name}</span>}
    </span>
  )
  return <Tooltip label={tier === null ? name : describeTier(tier)}>{badge}</Tooltip>
}

/** `standard: claude-sonnet-4-5 (anthropic)`, and what keeps it from being ready. */
export function describeTier(tier: Tier): string {
  const model = tier.backend === 'simulated' ? 'simulated, no model is called' : `${tier.model} (${tier.backend})`
  return `${tier.name}: ${model}${tier.notReady === null ? '' : `. Not ready: ${tier.notReady}`}`
}
