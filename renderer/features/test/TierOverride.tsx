import { Select } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { useTestStore } from '../../stores/testStore.ts'

interface TierOverrideProps {
  readonly stage: string
  /** The tier that the chain says. */
  readonly drawn: string
}

/** Another tier for the tries of this screen; the chain stays as it is drawn. */
export function TierOverride({ stage, drawn }: TierOverrideProps) {
  const tiers = useHostStore((state) => state.tiers)
  const chosen = useTestStore((state) => state.tiers[stage] ?? null)
  const names = [...new Set([drawn, ...tiers.map((tier) => tier.name)])]
  return (
    <Select
      aria-label={`Tier of ${stage} for this try`}
      size="xs"
      w={156}
      data={names.map((name) => ({ value: name, label: name === drawn ? `${name} (drawn)` : name }))}
      value={chosen ?? drawn}
      allowDeselect={false}
      onChange={(name) => useTestStore.getState().setTier(stage, name === drawn ? null : name)}
    />
  )
}
