import type { InputWrapperProps } from '@mantine/core'

/** Help stands beneath every field, as in `FieldFrame`. */
export const INPUT_ORDER: NonNullable<InputWrapperProps['inputWrapperOrder']> = [
  'label',
  'input',
  'error',
  'description',
]
