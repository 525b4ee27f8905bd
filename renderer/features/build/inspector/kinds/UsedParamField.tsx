import type { Json } from '../../../../../shared/json.ts'
import type { Param } from '../../../../../shared/param.ts'
import { FieldFrame } from '../../../../ui/FieldFrame.tsx'
import { TemplateEditor } from '../../prompt/TemplateEditor.tsx'
import { asText } from '../chainDraft.ts'
import { type FieldPath, useField } from '../useField.ts'
import { valueFrom } from '../valueRows.ts'

interface UsedParamFieldProps {
  readonly path: FieldPath
  readonly stage: string
  readonly name: string
  readonly param: Param
}

/** The value of one param of a used chain: written out, or as an expression. */
export function UsedParamField({ path, stage, name, param }: UsedParamFieldProps) {
  const field = useField(path, name)
  return (
    <FieldFrame label={`Param ${name}`} help={paramWords(param)} problem={field.problem}>
      <TemplateEditor
        path={path}
        stage={stage}
        label={`Param ${name}`}
        placeholder={param.default === undefined ? 'must be given' : said(param.default)}
        oneLine
        value={asText(field.value)}
        onChange={(text) => field.set(text.trim() === '' ? undefined : written(text, param))}
      />
    </FieldFrame>
  )
}

/** A text stays one, whatever it looks like. */
function written(text: string, { type }: Param): Json {
  return type === 'string' ? text : valueFrom(text)
}

function paramWords({ description, type, choices }: Param): string | undefined {
  const parts = [
    description,
    choices === null
      ? type === null || type === 'string'
        ? null
        : `Type: ${type}.`
      : `One of ${choices.map(said).join(', ')}.`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? undefined : parts.join(' ')
}

function said(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
