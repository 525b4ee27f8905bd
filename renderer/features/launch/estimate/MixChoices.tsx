import { UnstyledButton } from '@mantine/core'
import type { MixEstimate } from '../../../../shared/estimate.ts'
import { formatDuration, formatUsd } from '../../../../shared/format.ts'
import { AS_DRAWN } from '../../../../shared/variant.ts'
import classes from './MixChoices.module.css'

interface MixChoicesProps {
  readonly mixes: readonly MixEstimate[]
  /** Stage id → tier, as the launch has them now. */
  readonly chosen: Readonly<Record<string, string>>
  readonly onChoose: (mix: MixEstimate) => void
}

/** The same run on one tier throughout, or as it is drawn: one click sets the tiers of this launch. */
export function MixChoices({ mixes, chosen, onChoose }: MixChoicesProps) {
  return (
    <ul className={classes.root} aria-label="The same on other tiers">
      {mixes.map((mix) => {
        const isChosen = Object.entries(mix.tiers).every(([stage, tier]) => chosen[stage] === tier)
        return (
          <li key={mix.name}>
            <UnstyledButton className={classes.mix ?? ''} aria-pressed={isChosen} onClick={() => onChoose(mix)}>
              <span className={classes.name}>{nameOf(mix)}</span>
              <span className={classes.figures}>
                {mix.costMicros === null ? 'price unknown' : `≈ ${formatUsd(mix.costMicros.p50)}`} ·{' '}
                {formatDuration(mix.durationMs.p50)}
              </span>
            </UnstyledButton>
          </li>
        )
      })}
    </ul>
  )
}

function nameOf({ name }: MixEstimate): string {
  return name === AS_DRAWN ? 'as drawn' : `all ${name}`
}
