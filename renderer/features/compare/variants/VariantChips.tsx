import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { AS_DRAWN, type Variant } from '../../../../shared/variant.ts'
import { useCompareStore } from '../../../stores/compareStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import { AddVariant } from './AddVariant.tsx'
import classes from './VariantChips.module.css'

/** What is held against what; each can be taken out again. */
export function VariantChips() {
  const variants = useCompareStore((state) => state.draft.variants)
  const { change } = useCompareStore.getState()
  return (
    <ul className={classes.root} aria-label="Variants">
      {variants.map((variant) => (
        <li key={variant.name} className={classes.chip}>
          <VariantName variant={variant} />
          <Tooltip label="Take it out">
            <ActionIcon
              size="xs"
              aria-label={`Take ${variant.name} out`}
              onClick={() => change({ variants: variants.filter((other) => other !== variant) })}
            >
              <IconX size={12} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        </li>
      ))}
      <li>
        <AddVariant />
      </li>
    </ul>
  )
}

function VariantName({ variant }: { readonly variant: Variant }) {
  const { name } = variant
  const tier = useHostStore((state) => state.tiers.find((one) => one.name === name) ?? null)
  if (tier !== null) return <TierBadge name={name} tier={tier} withName />
  return (
    <span className={classes.name} title={name === AS_DRAWN ? 'The chain as it stands' : name}>
      {name}
    </span>
  )
}
