import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { freeName } from '../edits/freeName.ts'
import { OutputFieldRow } from './OutputFieldRow.tsx'
import classes from './outputFields.module.css'
import { newField, type OutputField, type OutputShape } from './outputFields.ts'

interface OutputFieldListProps {
  readonly shape: OutputShape
  readonly onChange: (shape: OutputShape) => void
}

/** The fields of an object, nested ones indented beneath theirs. */
export function OutputFieldList({ shape, onChange }: OutputFieldListProps) {
  const { fields } = shape
  const names = fields.map((field) => field.name)
  const kept = Object.keys(shape.extra)
  const replace = (index: number, next: OutputField) =>
    onChange({ ...shape, fields: fields.map((each, at) => (at === index ? next : each)) })
  return (
    <div className={classes.list}>
      {fields.map((field, index) => (
        <OutputFieldRow
          key={field.name}
          field={field}
          taken={names}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange({ ...shape, fields: fields.filter((_, at) => at !== index) })}
        >
          {field.type === 'object' && (
            <div className={classes.nested}>
              <OutputFieldList shape={field.shape} onChange={(inner) => replace(index, { ...field, shape: inner })} />
            </div>
          )}
        </OutputFieldRow>
      ))}
      <div>
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.5} />}
          onClick={() => onChange({ ...shape, fields: [...fields, newField(freeName('field', names))] })}
        >
          Add a field
        </Button>
      </div>
      {kept.length > 0 && <div className={classes.kept}>Kept as written: {kept.join(', ')}</div>}
    </div>
  )
}
