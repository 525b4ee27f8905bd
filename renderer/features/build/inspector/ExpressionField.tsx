import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { TemplateEditor } from '../prompt/TemplateEditor.tsx'
import { asText } from './chainDraft.ts'
import { type FieldPath, useField } from './useField.ts'

interface ExpressionFieldProps {
  readonly path: FieldPath
  /** The stage whose names are in scope; null: the chain's output. */
  readonly stage: string | null
  readonly label: string
  readonly help?: string | undefined
  readonly placeholder?: string
  /** The whole text is one expression, in braces or without. */
  readonly bare?: boolean
  readonly oneLine?: boolean
  /** The stage cannot be without the key: emptied, it stays as an empty text. */
  readonly isNeeded?: boolean
}

/** A text that holds expressions, or one expression. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { path, stage, label, help, placeholder = '', bare = false, oneLine = true, isNeeded = false } = props
  const field = useField(path, label)
  return (
    <FieldFrame label={label} help={help} problem={field.problem}>
      <TemplateEditor
        path={path}
        stage={stage}
        label={label}
        placeholder={placeholder}
        bare={bare}
        oneLine={oneLine}
        value={asText(field.value)}
        onChange={(text) => field.set(text.trim() === '' ? (isNeeded ? '' : undefined) : text)}
      />
    </FieldFrame>
  )
}
