import { Checkbox } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { tierVariant } from '../../../shared/compare/tierVariant.ts'
import type { Tier } from '../../../shared/tier.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TierBadge } from '../../ui/TierBadge.tsx'
import classes from './CompareScreen.module.css'

/** Before the first comparison: which tiers there are, and which are ready. */
export function NothingCompared() {
  const tiers = useHostStore((state) => state.tiers)
  const variants = useCompareStore((state) => state.draft.variants)
  const ready = tiers.filter(({ notReady }) => notReady === null)
  const left = 2 - variants.length
  return (
    <EmptyState
      icon={<IconColumns3 size={32} stroke={1.25} />}
      title={
        left > 0
          ? `Choose ${left === 2 ? 'two tiers' : 'one more tier'} (${ready.length} of ${tiers.length} are ready)`
          : 'Ready to compare'
      }
      actions={
        <ul className={classes.tiers} aria-label="Tiers">
          {tiers.map((tier) => (
            <li key={tier.name}>
              <label htmlFor={`compare-${tier.name}`} className={classes.tier} data-not-ready={tier.notReady !== null}>
                <Checkbox
                  id={`compare-${tier.name}`}
                  aria-label={`Compare ${tier.name}`}
                  disabled={tier.notReady !== null}
                  checked={variants.some(({ name }) => name === tier.name)}
                  onChange={() => toggle(tier)}
                />
                <TierBadge name={tier.name} tier={tier} withName />
                <span>
                  {tier.notReady ?? (tier.backend === 'simulated' ? 'simulated, no model is called' : tier.model)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      }
    >
      The same few items run on each. You see where the answers differ, what each tier costs, and which is enough.
    </EmptyState>
  )
}

function toggle({ name }: Tier): void {
  const { draft, change } = useCompareStore.getState()
  const others = draft.variants.filter((variant) => variant.name !== name)
  const isIn = others.length < draft.variants.length
  // In the order of the tiers: the last one is the base, and tiers stand from the cheapest to the best.
  const order = useHostStore.getState().tiers.map((tier) => tier.name)
  const next = isIn ? others : [...others, tierVariant(name, null)]
  change({ variants: next.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)) })
}
