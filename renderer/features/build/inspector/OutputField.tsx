import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { isJsonObject } from '../../../../shared/json.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { SchemaFieldList } from '../../../ui/schema/SchemaFieldList.tsx'
import { newField, type SchemaShape, schemaOfShape, shapeOfSchema } from '../../../ui/schema/schemaFields.ts'
import { valueEdits } from '../edits/valueEdits.ts'
import { FieldFrame } from './FieldFrame.tsx'
import { type FieldPath, useField } from './useField.ts'
import { YamlEditor } from './YamlEditor.tsx'

type View = 'text' | 'fields' | 'schema'

/** What a model stage gives: text, or an object of named fields, or whatever a JSON Schema says. */
export function OutputField({ path }: { readonly path: FieldPath }) {
  const field = useField(path, 'the output')
  const shape = isJsonObject(field.value) ? shapeOfSchema(field.value) : null
  const [wantsSchema, setWantsSchema] = useState(false)
  const view: View = field.value === undefined ? 'text' : wantsSchema || shape === null ? 'schema' : 'fields'

  function change(next: SchemaShape): void {
    useChainStore.getState().edit(valueEdits(path, field.value, schemaOfShape(next)), 'Change the output')
  }

  function choose(next: View): void {
    setWantsSchema(next === 'schema')
    if (next === 'text') field.set(undefined)
    else if (field.value === undefined) field.set(schemaOfShape({ fields: [newField('answer')], extra: {} }))
  }

  return (
    <FieldFrame
      label="Output"
      problem={field.problem}
      help={HELP[view]}
      aside={
        <SegmentedControl
          aria-label="Kind of output"
          value={view}
          onChange={(next) => choose(next as View)}
          data={[
            { value: 'text', label: 'Text' },
            { value: 'fields', label: 'Fields', disabled: field.value !== undefined && shape === null },
            { value: 'schema', label: 'JSON Schema' },
          ]}
        />
      }
    >
      {view === 'fields' && shape !== null && <SchemaFieldList shape={shape} onChange={change} />}
      {view === 'schema' && <YamlEditor path={path} label="JSON Schema of the output" />}
    </FieldFrame>
  )
}

const HELP: Readonly<Record<View, string>> = {
  text: 'The answer as it comes. With fields it is checked, and later stages can use each by name.',
  fields: 'Every answer is checked against these; an invalid one is asked for again.',
  schema: 'JSON Schema (2020-12), written as YAML.',
}
