import { SegmentedControl, Select } from '@mantine/core'
import { DEFAULT_TIER } from '../../../../shared/stages.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { describeTier } from '../../../ui/TierBadge.tsx'
import { asText } from './chainDraft.ts'
import { type FieldPath, useField } from './useField.ts'

/** More of them do not fit beside each other. */
const MOST_SIDE_BY_SIDE = 4

interface TierFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly help?: string | undefined
  /** What a missing key means, as a choice of its own; without it the default tier is meant. */
  readonly absent?: string
}

/** One of the tiers that the workspace has. */
export function TierField({ path, label, help, absent }: TierFieldProps) {
  const field = useField(path, label)
  const tiers = useHostStore((state) => state.tiers)
  const value = field.value === undefined ? (absent === undefined ? DEFAULT_TIER : '') : asText(field.value)
  const known = tiers.find((tier) => tier.name === value)
  const isUnknown = known === undefined && value !== ''
  const names = [...tiers.map((tier) => tier.name), ...(isUnknown ? [value] : [])]
  const choices = [
    ...(absent === undefined ? [] : [{ value: '', label: absent }]),
    ...names.map((name) => ({ value: name, label: name })),
  ]
  const unknown = isUnknown && tiers.length > 0 ? `This workspace has no tier ${value}: bind it in Settings.` : null
  const choose = (next: string | null) => {
    if (next !== null && next !== value) field.set(next === '' ? undefined : next)
  }
  return (
    <FieldFrame
      label={label}
      problem={field.problem ?? unknown ?? known?.notReady ?? null}
      help={known === undefined || known.notReady !== null ? help : describeTier(known)}
    >
      {choices.length <= MOST_SIDE_BY_SIDE ? (
        <SegmentedControl fullWidth aria-label={label} value={value} onChange={choose} data={choices} />
      ) : (
        <Select aria-label={label} data={choices} value={value} onChange={choose} allowDeselect={false} searchable />
      )}
    </FieldFrame>
  )
}
