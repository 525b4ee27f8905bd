import { TagsInput } from '@mantine/core'
import { asTexts } from './chainDraft.ts'
import { HELP_BENEATH } from './helpBeneath.ts'
import { helpText } from './helpText.tsx'
import { type FieldPath, useField } from './useField.ts'

interface ListFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly help?: string | undefined
  /** What is meant while the list is empty. */
  readonly empty: string
  readonly known?: readonly string[]
}

/** A list of short texts, each closed with Enter. Empty: the key is taken out. */
export function ListField({ path, label, help, empty, known = [] }: ListFieldProps) {
  const field = useField(path, label)
  const values = asTexts(field.value)
  return (
    <TagsInput
      label={label}
      description={helpText(help)}
      {...HELP_BENEATH}
      placeholder={values.length === 0 ? empty : ''}
      data={[...known]}
      value={[...values]}
      error={field.problem}
      onChange={(next) => field.set(next.length === 0 ? undefined : next)}
    />
  )
}
