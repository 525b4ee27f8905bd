import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { freeName } from '../../../lib/freeName.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { NameInput } from '../../../ui/NameInput.tsx'
import { valueEdits } from '../edits/valueEdits.ts'
import { TemplateEditor } from '../prompt/TemplateEditor.tsx'
import classes from './inspector.module.css'
import type { FieldPath } from './useField.ts'
import { type ValueRow, valueFrom } from './valueRows.ts'

interface ValueRowsProps {
  readonly path: FieldPath
  readonly stage: string | null
  readonly label: string
  readonly newKey: string
  readonly rows: readonly ValueRow[]
}

/** A flat map, a key and an expression a row. */
export function ValueRows({ path, stage, label, newKey, rows }: ValueRowsProps) {
  const before = mapOf(rows)
  const keys = rows.map((row) => row.key)

  function change(next: readonly ValueRow[]): void {
    const after = next.length === 0 ? undefined : mapOf(next)
    useChainStore.getState().edit(valueEdits(path, before, after), `Change ${label}`)
  }
  const replace = (index: number, row: ValueRow) => change(rows.map((each, at) => (at === index ? row : each)))

  return (
    <div className={classes.rows}>
      {rows.map((row, index) => (
        <div key={row.key} className={classes.row}>
          <NameInput
            value={row.key}
            taken={keys}
            label={`Name of ${row.key}`}
            onRename={(key) => replace(index, { ...row, key })}
          />
          <TemplateEditor
            path={[...path, row.key]}
            stage={stage}
            label={`Value of ${row.key}`}
            placeholder="{{ item.text }}"
            oneLine
            value={row.text}
            onChange={(text) =>
              useChainStore
                .getState()
                .edit([{ kind: 'set', path: [...path, row.key], value: valueFrom(text) }], `Change ${row.key}`)
            }
          />
          <ActionIcon
            size={24}
            mt={4}
            aria-label={`Remove ${row.key}`}
            onClick={() => change(rows.filter((_, at) => at !== index))}
          >
            <IconX size={14} stroke={1.5} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={1.5} />}
          onClick={() => change([...rows, { key: freeName(newKey, keys), text: '' }])}
        >
          Add a row
        </Button>
      </div>
    </div>
  )
}

function mapOf(rows: readonly ValueRow[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(rows.map(({ key, text }) => [key, valueFrom(text)]))
}
