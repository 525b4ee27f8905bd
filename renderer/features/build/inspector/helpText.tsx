import { RichText } from '../../../ui/RichText.tsx'

/** A field's help for Mantine's own `description`; undefined: none. */
export function helpText(help: string | undefined) {
  return help === undefined ? undefined : <RichText text={help} />
}
