import { SegmentedControl, Select } from '@mantine/core'
import { DEFAULT_TIER } from '../../../shared/stages.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { describeTier } from '../../ui/TierBadge.tsx'
import { useWorkerField } from './useWorkerField.ts'

/** More of them do not fit beside each other. */
const MOST_SIDE_BY_SIDE = 4

/** The worker's own tier; a stage that uses it may name another. */
export function TierField() {
  const newer = useWorkerField(['default_model_tier'], 'the tier')
  const older = useWorkerField(['default_tier'], 'the tier')
  // The key that the file has is the one that is changed.
  const field = newer.value === undefined && older.value !== undefined ? older : newer
  const tiers = useHostStore((state) => state.tiers)
  const value = typeof field.value === 'string' ? field.value : DEFAULT_TIER
  const known = tiers.find((tier) => tier.name === value)
  const names = [...tiers.map((tier) => tier.name), ...(known === undefined ? [value] : [])]
  const choose = (next: string | null) => {
    if (next !== null && next !== value) field.set(next)
  }
  return (
    <FieldFrame
      label="Tier"
      problem={field.problem}
      help={known === undefined ? 'A stage that uses the worker may name another.' : describeTier(known)}
    >
      {names.length <= MOST_SIDE_BY_SIDE ? (
        <SegmentedControl aria-label="Tier" value={value} onChange={choose} data={names} />
      ) : (
        <Select aria-label="Tier" data={names} value={value} onChange={choose} allowDeselect={false} searchable />
      )}
    </FieldFrame>
  )
}
