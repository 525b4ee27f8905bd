import type { InputWrapperProps } from '@mantine/core'

/** Help stands beneath every field, as in `FieldFrame`. */
export const HELP_BENEATH = {
  inputWrapperOrder: ['label', 'input', 'error', 'description'],
  descriptionProps: { mt: 4 },
} satisfies Partial<InputWrapperProps>
