import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { isJsonObject } from '../../../shared/json.ts'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { SchemaFieldList } from '../../ui/schema/SchemaFieldList.tsx'
import { newField, schemaOfShape, shapeOfSchema } from '../../ui/schema/schemaFields.ts'
import { useWorkerField } from './useWorkerField.ts'
import { YamlEditor } from './YamlField.tsx'

type View = 'none' | 'fields' | 'schema'

interface SchemaFieldProps {
  readonly path: 'input_schema' | 'output_schema'
  readonly label: string
  /** What it is without a schema. */
  readonly none: string
  readonly help: { readonly none: string; readonly checked: string }
}

/** What goes in or comes out: anything, named fields, or whatever a JSON Schema says. */
export function SchemaField({ path, label, none, help }: SchemaFieldProps) {
  const field = useWorkerField([path], `the ${label.toLowerCase()}`)
  const shape = isJsonObject(field.value) ? shapeOfSchema(field.value) : null
  const [wantsSchema, setWantsSchema] = useState(false)
  const view: View = field.value === undefined ? 'none' : wantsSchema || shape === null ? 'schema' : 'fields'

  function choose(next: string): void {
    setWantsSchema(next === 'schema')
    if (next === 'none') field.set(undefined)
    else if (field.value === undefined) field.set(schemaOfShape({ fields: [newField('text')], extra: {} }))
  }

  return (
    <FieldFrame
      label={label}
      withLabel={false}
      problem={field.problem}
      help={view === 'none' ? help.none : help.checked}
      aside={
        <SegmentedControl
          aria-label={`Kind of ${label.toLowerCase()}`}
          value={view}
          onChange={choose}
          data={[
            { value: 'none', label: none },
            { value: 'fields', label: 'Fields', disabled: field.value !== undefined && shape === null },
            { value: 'schema', label: 'JSON Schema' },
          ]}
        />
      }
    >
      {view === 'fields' && shape !== null && (
        <SchemaFieldList shape={shape} onChange={(next) => field.set(schemaOfShape(next))} />
      )}
      {view === 'schema' && <YamlEditor path={[path]} label={`JSON Schema of the ${label.toLowerCase()}`} />}
    </FieldFrame>
  )
}
