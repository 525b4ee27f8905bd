import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { FieldFrame } from '../../../ui/FieldFrame.tsx'
import { type FieldPath, useField } from './useField.ts'
import { ValueRows } from './ValueRows.tsx'
import { rowsOf } from './valueRows.ts'
import { YamlEditor } from './YamlEditor.tsx'

interface ValueFieldProps {
  readonly path: FieldPath
  /** The stage that it belongs to, for the names in scope; null: the chain's output. */
  readonly stage: string | null
  readonly label: string
  readonly help?: string | undefined
  readonly newKey: string
}

/** A value that holds expressions: as rows where it is a flat map, or as YAML. */
export function ValueField({ path, stage, label, help, newKey }: ValueFieldProps) {
  const field = useField(path, label)
  const rows = rowsOf(field.value)
  const [wantsYaml, setWantsYaml] = useState(false)
  const isYaml = wantsYaml || rows === null
  return (
    <FieldFrame
      label={label}
      help={help}
      problem={field.problem}
      aside={
        <SegmentedControl
          aria-label={`View of ${label}`}
          value={isYaml ? 'yaml' : 'rows'}
          onChange={(view) => setWantsYaml(view === 'yaml')}
          data={[
            { value: 'rows', label: 'Rows', disabled: rows === null },
            { value: 'yaml', label: 'YAML' },
          ]}
        />
      }
    >
      {isYaml ? (
        <YamlEditor path={path} label={label} />
      ) : (
        <ValueRows path={path} stage={stage} label={label} newKey={newKey} rows={rows} />
      )}
    </FieldFrame>
  )
}
