import { SegmentedControl, Select } from '@mantine/core'
import { DEFAULT_TIER } from '../../../../shared/stages.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { describeTier } from '../../../ui/TierBadge.tsx'
import { asText } from './chainDraft.ts'
import { FieldFrame } from './FieldFrame.tsx'
import { useField } from './useField.ts'

/** More of them do not fit beside each other. */
const MOST_SIDE_BY_SIDE = 4

/** The tier of a model stage, out of those that the workspace has. */
export function TierField({ stage }: { readonly stage: string }) {
  const field = useField(['stages', stage, 'tier'], 'the tier')
  const tiers = useHostStore((state) => state.tiers)
  const value = field.value === undefined ? DEFAULT_TIER : asText(field.value)
  const known = tiers.find((tier) => tier.name === value)
  const names = [...tiers.map((tier) => tier.name), ...(known === undefined ? [value] : [])]
  const unknown =
    known === undefined && tiers.length > 0 ? `This workspace has no tier ${value}: bind it in Settings.` : null
  const choose = (next: string | null) => {
    if (next !== null && next !== value) field.set(next)
  }
  return (
    <FieldFrame
      label="Tier"
      problem={field.problem ?? unknown ?? known?.notReady ?? null}
      help={known === undefined || known.notReady !== null ? undefined : describeTier(known)}
    >
      {names.length <= MOST_SIDE_BY_SIDE ? (
        <SegmentedControl fullWidth aria-label="Tier" value={value} onChange={choose} data={names} />
      ) : (
        <Select aria-label="Tier" data={names} value={value} onChange={choose} allowDeselect={false} searchable />
      )}
    </FieldFrame>
  )
}
