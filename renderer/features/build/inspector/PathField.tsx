import { Button, Group, TextInput } from '@mantine/core'
import { useHostStore } from '../../../stores/hostStore.ts'
import { usePathPicker } from '../../../ui/usePathPicker.tsx'
import { workspacePath } from '../drop/workspacePath.ts'
import { asText } from './chainDraft.ts'
import { type FieldPath, useField } from './useField.ts'

interface PathFieldProps {
  readonly path: FieldPath
  readonly label: string
  readonly what: 'folder' | 'file'
  readonly endings?: readonly string[]
}

/** A folder or file, typed or chosen. Within the workspace it is written from its root. */
export function PathField({ path, label, what, endings }: PathFieldProps) {
  const field = useField(path, label)
  const info = useHostStore((state) => state.info)
  const picker = usePathPicker({
    title: `Choose a ${what}`,
    what,
    hasDialogs: info?.has.dialogs ?? false,
    onPick: (picked) => field.set(workspacePath(picked, info?.workspace.path ?? null)),
    ...(endings === undefined ? {} : { endings }),
  })
  return (
    <>
      <Group gap={4} align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label={label}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--size-small)' } }}
          spellCheck={false}
          value={asText(field.value)}
          error={field.problem}
          onChange={(event) => field.set(event.currentTarget.value)}
        />
        <Button onClick={picker.open}>Browse…</Button>
      </Group>
      {picker.element}
    </>
  )
}
