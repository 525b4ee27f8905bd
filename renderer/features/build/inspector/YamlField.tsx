import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { type FieldPath, useField } from './useField.ts'
import { YamlEditor } from './YamlEditor.tsx'

interface YamlFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly help?: string | undefined
}

/** Any value, as YAML. */
export function YamlField({ path, label, help }: YamlFieldProps) {
  const field = useField(path, label)
  return (
    <FieldFrame label={label} help={help} problem={field.problem}>
      <YamlEditor path={path} label={label} />
    </FieldFrame>
  )
}
