import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconFolder, IconPlus, IconX } from '@tabler/icons-react'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { FieldFrame } from '../../ui/FieldFrame.tsx'
import { usePathPicker } from '../../ui/usePathPicker.tsx'
import { useWorkerField } from './useWorkerField.ts'
import classes from './WorkerForm.module.css'

/** Files that every call gets to know, and folders of them, before the system prompt. */
export function KnowledgeField() {
  const files = useWorkerField(['knowledge_sources'], 'the knowledge')
  const folders = useWorkerField(['knowledge_silos'], 'the knowledge')
  const sources = listOf(files.value)
  const silos = listOf(folders.value)
  const hasDialogs = useHostStore((state) => state.info?.has.dialogs ?? false)
  const setSources = (next: readonly Json[]) => files.set(next.length === 0 ? undefined : next)
  const setSilos = (next: readonly Json[]) => folders.set(next.length === 0 ? undefined : next)
  const filePicker = usePathPicker({
    title: 'Choose a text file',
    what: 'file',
    hasDialogs,
    onPick: (path) => setSources([...sources, { path, inject_as: 'reference' }]),
  })
  const folderPicker = usePathPicker({
    title: 'Choose a folder of text files',
    what: 'folder',
    hasDialogs,
    onPick: (path) =>
      setSilos([...silos, { name: path.split('/').at(-1) ?? path, type: 'folder', path, permissions: 'read' }]),
  })
  const problem = [files.problem, folders.problem].filter((each) => each !== null).join('\n')
  return (
    <FieldFrame label="Knowledge" withLabel={false} problem={problem === '' ? null : problem} help={HELP}>
      <div className={classes.rows}>
        {sources.map((source, index) => (
          <SourceRow
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries may be equal, and one keeps its place while it is typed
            key={index}
            source={source}
            onChange={(next) => setSources(sources.map((each, at) => (at === index ? next : each)))}
            onRemove={() => setSources(sources.filter((_, at) => at !== index))}
          />
        ))}
        {silos.map((silo, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <div key={index} className={classes.row}>
            <span className={classes.folder}>
              <IconFolder size={16} stroke={1.5} aria-hidden />
              <span className="truncate">{textOf(silo, 'path') || textOf(silo, 'name')}</span>
            </span>
            <span className={classes.quiet}>all its text files</span>
            <ActionIcon
              aria-label="Take the folder out"
              onClick={() => setSilos(silos.filter((_, at) => at !== index))}
            >
              <IconX size={14} stroke={1.5} />
            </ActionIcon>
          </div>
        ))}
        <div className={classes.actions}>
          <Button size="xs" leftSection={<IconPlus size={14} stroke={1.5} />} onClick={filePicker.open}>
            Add a file
          </Button>
          <Button size="xs" leftSection={<IconPlus size={14} stroke={1.5} />} onClick={folderPicker.open}>
            Add a folder
          </Button>
        </div>
      </div>
      {filePicker.element}
      {folderPicker.element}
    </FieldFrame>
  )
}

const HELP = 'Put before the system prompt in every call, and paid for in every call.'

interface SourceRowProps {
  readonly source: Json
  readonly onChange: (source: Json) => void
  readonly onRemove: () => void
}

function SourceRow({ source, onChange, onRemove }: SourceRowProps) {
  const path = textOf(source, 'path')
  const others = isJsonObject(source) ? source : {}
  return (
    <div className={classes.row}>
      <TextInput
        aria-label="Knowledge file"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--size-small)' } }}
        value={path}
        onChange={(event) => onChange({ ...others, path: event.currentTarget.value })}
      />
      <Select
        aria-label={`Use of ${path}`}
        allowDeselect={false}
        data={[
          { value: 'reference', label: 'reference' },
          { value: 'few_shot', label: 'examples' },
        ]}
        value={textOf(source, 'inject_as') || 'reference'}
        onChange={(use) => onChange({ ...others, inject_as: use ?? 'reference' })}
      />
      <ActionIcon aria-label={`Take ${path} out`} onClick={onRemove}>
        <IconX size={14} stroke={1.5} />
      </ActionIcon>
    </div>
  )
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function textOf(value: Json, key: string): string {
  const found = isJsonObject(value) ? value[key] : undefined
  return typeof found === 'string' ? found : ''
}
