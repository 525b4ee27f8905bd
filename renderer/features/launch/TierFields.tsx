import { Select } from '@mantine/core'
import type { Chain } from '../../../shared/chain.ts'
import type { Tier } from '../../../shared/tier.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { TierBadge } from '../../ui/TierBadge.tsx'
import classes from './LaunchScreen.module.css'
import { type LaunchDraft, stageTiers, withTier } from './launchDraft.ts'
import { StageOverrideButton } from './StageOverrideButton.tsx'

interface TierFieldsProps {
  readonly chain: Chain
  readonly draft: LaunchDraft
  readonly tiers: readonly Tier[]
  readonly onChange: (draft: LaunchDraft) => void
}

/** The tier of each model stage in this launch. */
export function TierFields({ chain, draft, tiers, onChange }: TierFieldsProps) {
  const names = tiers.map(({ name }) => name)
  const workers = useWorkerStore((state) => state.workers)
  return stageTiers(draft, chain, workers).map((of) => {
    const { stage, tier, own } = of
    const isUnknown = tiers.length > 0 && !names.includes(tier)
    const known = tiers.find(({ name }) => name === tier) ?? null
    return (
      <div key={stage} className={classes.tier}>
        <TierBadge name={tier} tier={known} />
        <span className="mono truncate">{stage}</span>
        <Select
          aria-label={`Tier of ${stage}`}
          size="xs"
          data={names.includes(tier) ? names : [tier, ...names]}
          allowDeselect={false}
          value={tier}
          // Why, stands above the form with the chain's other problems.
          error={isUnknown || (known !== null && known.notReady !== null)}
          onChange={(next) => next !== null && onChange(withTier(draft, of, next))}
        />
        <span className={classes.note}>
          {isUnknown ? 'no such tier' : known?.backend === 'simulated' ? 'simulated' : (known?.model ?? '')}
          {known !== null && known.notReady !== null ? ' · not ready' : ''}
          {tier === own ? '' : ' · for this launch'}
        </span>
        <StageOverrideButton
          stage={stage}
          model={known?.model ?? null}
          override={draft.stages[stage] ?? {}}
          onChange={(override) => onChange({ ...draft, stages: { ...draft.stages, [stage]: override } })}
        />
      </div>
    )
  })
}
