import { SegmentedControl, Select } from '@mantine/core'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { asText } from './chainDraft.ts'
import { type FieldPath, useField } from './useField.ts'

interface ChoiceFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly help?: string | undefined
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  /** What a missing key means; choosing it takes the key out. undefined: the key is always there. */
  readonly fallback?: string
}

/** More of them do not fit beside each other. */
const MOST_SIDE_BY_SIDE = 4

/** One out of a few words. */
export function ChoiceField({ path, label, help, choices, fallback }: ChoiceFieldProps) {
  const field = useField(path, label)
  const value = field.value === undefined ? (fallback ?? '') : asText(field.value)
  const choose = (next: string | null) => {
    if (next !== null && next !== value) field.set(next === fallback ? undefined : next)
  }
  return (
    <FieldFrame label={label} help={help} problem={field.problem}>
      {choices.length <= MOST_SIDE_BY_SIDE ? (
        <SegmentedControl fullWidth aria-label={label} value={value} onChange={choose} data={[...choices]} />
      ) : (
        <Select aria-label={label} data={[...choices]} value={value} onChange={choose} allowDeselect={false} />
      )}
    </FieldFrame>
  )
}
