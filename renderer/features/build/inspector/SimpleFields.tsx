import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { asText } from './chainDraft.ts'
import { HELP_BENEATH } from './helpBeneath.ts'
import { helpText } from './helpText.tsx'
import { type FieldPath, useField } from './useField.ts'

interface SimpleFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly help?: string | undefined
  readonly placeholder?: string
}

/** A text of one line. Empty: the key is taken out. */
export function TextField({ path, label, help, placeholder }: SimpleFieldProps) {
  const field = useField(path, label)
  return (
    <TextInput
      label={label}
      description={helpText(help)}
      {...HELP_BENEATH}
      placeholder={placeholder ?? ''}
      value={asText(field.value)}
      error={field.problem}
      onChange={(event) => field.set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}

export function NoteField({ path, label, help, placeholder }: SimpleFieldProps) {
  const field = useField(path, label)
  return (
    <Textarea
      label={label}
      description={helpText(help)}
      {...HELP_BENEATH}
      placeholder={placeholder ?? ''}
      autosize
      minRows={1}
      maxRows={6}
      value={asText(field.value)}
      error={field.problem}
      onChange={(event) => field.set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}

interface NumberFieldProps extends SimpleFieldProps {
  readonly whole?: boolean
  readonly step?: number
  readonly suffix?: string
  /** The stage cannot be without the key: emptied, it keeps its last number until another one is typed. */
  readonly isNeeded?: boolean
}

export function NumberField({
  path,
  label,
  help,
  placeholder,
  whole = false,
  step = 1,
  suffix = '',
  isNeeded = false,
}: NumberFieldProps) {
  const field = useField(path, label)
  const [isEmptied, setEmptied] = useState(false)
  return (
    <NumberInput
      label={label}
      description={helpText(help)}
      {...HELP_BENEATH}
      placeholder={placeholder ?? ''}
      value={isEmptied ? '' : typeof field.value === 'number' ? field.value : asText(field.value)}
      error={field.problem}
      allowDecimal={!whole}
      clampBehavior="none"
      step={step}
      suffix={suffix}
      onChange={(value) => {
        const isNumber = typeof value === 'number'
        setEmptied(isNeeded && !isNumber)
        if (isNumber || !isNeeded) field.set(isNumber ? value : undefined)
      }}
      onBlur={() => setEmptied(false)}
    />
  )
}
