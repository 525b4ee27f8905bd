import { ActionIcon, Checkbox, Select, TagsInput, Textarea } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { NameInput } from '../NameInput.tsx'
import classes from './schemaFields.module.css'
import { FIELD_TYPES, type FieldType, NO_SHAPE, type SchemaField } from './schemaFields.ts'

const TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  choice: 'one of',
  object: 'object',
  other: 'as written',
}

/** Types whose value may also be null. */
const HAS_NULL: readonly FieldType[] = ['string', 'number', 'integer', 'boolean']

interface SchemaFieldRowProps {
  readonly field: SchemaField
  readonly taken: readonly string[]
  readonly onChange: (field: SchemaField) => void
  readonly onRemove: () => void
  /** The fields within it, where it is an object. */
  readonly children: ReactNode
}

/** One field of an object: its name and type, and unfolded what else is said of it. */
export function SchemaFieldRow({ field, taken, onChange, onRemove, children }: SchemaFieldRowProps) {
  const [isOpen, setOpen] = useState(false)
  const { name, type } = field
  const isWritten = type === 'other'
  const types = FIELD_TYPES.filter((each) => each !== 'other' || isWritten)

  function changeType(next: FieldType): void {
    if (next === 'choice' || next === 'object') setOpen(true)
    // Keywords of one type mean nothing to another.
    onChange({ ...field, type: next, extra: {}, options: [], shape: NO_SHAPE, nullable: false })
  }

  const about = field.description !== '' ? field.description : field.options.join(', ')
  return (
    <div className={classes.field}>
      <div className={classes.line}>
        <ActionIcon
          size={24}
          aria-label={`${isOpen ? 'Fold' : 'Unfold'} ${name}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={14} stroke={1.5} /> : <IconChevronRight size={14} stroke={1.5} />}
        </ActionIcon>
        <NameInput
          value={name}
          taken={taken}
          label={`Name of ${name}`}
          onRename={(next) => onChange({ ...field, name: next })}
        />
        <Select
          aria-label={`Type of ${name}`}
          data={types.map((each) => ({
            value: each,
            label: field.list ? `list: ${TYPE_WORDS[each]}` : TYPE_WORDS[each],
          }))}
          value={type}
          allowDeselect={false}
          comboboxProps={{ width: 180, position: 'bottom-end' }}
          onChange={(next) => changeType(FIELD_TYPES.find((each) => each === next) ?? type)}
        />
        <ActionIcon size={24} aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconX size={14} stroke={1.5} />
        </ActionIcon>
      </div>
      {!isOpen && about !== '' && <div className={classes.about}>{about}</div>}
      {isOpen && type === 'choice' && (
        <div className={classes.inner}>
          <TagsInput
            aria-label={`Choices of ${name}`}
            placeholder={field.options.length === 0 ? 'A choice, then Enter' : ''}
            value={[...field.options]}
            onChange={(options) => onChange({ ...field, options })}
          />
        </div>
      )}
      {isOpen && (
        <div className={classes.inner}>
          <Textarea
            aria-label={`What ${name} is`}
            placeholder="What it is, for the model: “Two or three sentences.”"
            autosize
            minRows={1}
            value={field.description}
            onChange={(event) => onChange({ ...field, description: event.currentTarget.value })}
          />
          <div className={classes.checks}>
            <Checkbox
              size="xs"
              label="Required"
              checked={field.required}
              onChange={(event) => onChange({ ...field, required: event.currentTarget.checked })}
            />
            {HAS_NULL.includes(type) && (
              <Checkbox
                size="xs"
                label="May be null"
                checked={field.nullable}
                onChange={(event) => onChange({ ...field, nullable: event.currentTarget.checked })}
              />
            )}
            {!isWritten && (
              <Checkbox
                size="xs"
                label="A list"
                checked={field.list}
                onChange={(event) => onChange({ ...field, list: event.currentTarget.checked, listExtra: {} })}
              />
            )}
          </div>
          <Kept field={field} />
        </div>
      )}
      {children}
    </div>
  )
}

/** Keywords that the form has no control for: they stay as they are. */
function Kept({ field }: { readonly field: SchemaField }) {
  const kept = { ...field.extra, ...field.listExtra }
  if (Object.keys(kept).length === 0) return null
  return (
    <div className={classes.kept}>
      Kept as written: <code>{JSON.stringify(kept)}</code>
    </div>
  )
}
