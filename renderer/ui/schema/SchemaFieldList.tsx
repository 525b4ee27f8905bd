import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { freeName } from '../../lib/freeName.ts'
import { SchemaFieldRow } from './SchemaFieldRow.tsx'
import classes from './schemaFields.module.css'
import { newField, type SchemaField, type SchemaShape } from './schemaFields.ts'

interface SchemaFieldListProps {
  readonly shape: SchemaShape
  readonly onChange: (shape: SchemaShape) => void
}

/** The fields of an object, nested ones indented beneath theirs. */
export function SchemaFieldList({ shape, onChange }: SchemaFieldListProps) {
  const { fields } = shape
  const names = fields.map((field) => field.name)
  const kept = Object.keys(shape.extra)
  const replace = (index: number, next: SchemaField) =>
    onChange({ ...shape, fields: fields.map((each, at) => (at === index ? next : each)) })
  return (
    <div className={classes.list}>
      {fields.map((field, index) => (
        <SchemaFieldRow
          key={field.name}
          field={field}
          taken={names}
          onChange={(next) => replace(index, next)}
          onRemove={() => onChange({ ...shape, fields: fields.filter((_, at) => at !== index) })}
        >
          {field.type === 'object' && (
            <div className={classes.nested}>
              <SchemaFieldList shape={field.shape} onChange={(inner) => replace(index, { ...field, shape: inner })} />
            </div>
          )}
        </SchemaFieldRow>
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
