import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { isJsonObject } from '../../../../shared/json.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { SchemaFieldList } from '../../../ui/schema/SchemaFieldList.tsx'
import { newField, type SchemaShape, schemaOfShape, shapeOfSchema } from '../../../ui/schema/schemaFields.ts'
import { valueEdits } from '../edits/valueEdits.ts'
import { type FieldPath, useField } from './useField.ts'
import { YamlEditor } from './YamlEditor.tsx'

type View = 'absent' | 'fields' | 'schema'

interface SchemaFieldProps {
  readonly path: FieldPath
  readonly label: string
  /** What it means that no schema is written. */
  readonly absent: { readonly label: string; readonly help: string }
  /** What fields do here. */
  readonly help: string
  readonly firstField: string
}

/** A JSON Schema: none, or an object of named fields, or whatever is written. */
export function SchemaField({ path, label, absent, help, firstField }: SchemaFieldProps) {
  const field = useField(path, label)
  const shape = isJsonObject(field.value) ? shapeOfSchema(field.value) : null
  const [wantsSchema, setWantsSchema] = useState(false)
  const view: View = field.value === undefined ? 'absent' : wantsSchema || shape === null ? 'schema' : 'fields'

  function change(next: SchemaShape): void {
    useChainStore.getState().edit(valueEdits(path, field.value, schemaOfShape(next)), `Change ${label}`)
  }

  function choose(next: View): void {
    setWantsSchema(next === 'schema')
    if (next === 'absent') field.set(undefined)
    else if (field.value === undefined) field.set(schemaOfShape({ fields: [newField(firstField)], extra: {} }))
  }

  return (
    <FieldFrame
      label={label}
      problem={field.problem}
      help={view === 'absent' ? absent.help : view === 'fields' ? help : 'JSON Schema (2020-12), written as YAML.'}
      aside={
        <SegmentedControl
          aria-label={`Kind of ${label}`}
          value={view}
          onChange={(next) => choose(next as View)}
          data={[
            { value: 'absent', label: absent.label },
            { value: 'fields', label: 'Fields', disabled: field.value !== undefined && shape === null },
            { value: 'schema', label: 'JSON Schema' },
          ]}
        />
      }
    >
      {view === 'fields' && shape !== null && <SchemaFieldList shape={shape} onChange={change} />}
      {view === 'schema' && <YamlEditor path={path} label={`JSON Schema of ${label}`} />}
    </FieldFrame>
  )
}
