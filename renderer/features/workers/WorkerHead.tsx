import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCopy,
  IconDots,
  IconHistoryOff,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { workerNameOf } from '../../../shared/worker.ts'
import { modifierKey } from '../../lib/modifierKey.ts'
import { isChanged, type WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { NameDialog } from './NameDialog.tsx'
import classes from './WorkerEditor.module.css'
import { cloneWorker, removeWorker, renameWorker } from './workerCommands.tsx'

interface WorkerHeadProps {
  readonly document: WorkerDocument
  /** There is no room for all words. */
  readonly isNarrow: boolean
  /** The choice of views, in the middle. */
  readonly views: ReactNode
}

/** Which worker this is, whether it is saved, and what can be done with it as a whole. */
export function WorkerHead({ document, isNarrow, views }: WorkerHeadProps) {
  const { file, history, save } = document
  const entry = useWorkerStore((state) => state.workers.find((worker) => worker.file === file))
  const [isNaming, setNaming] = useState(false)
  const store = useWorkerStore.getState()
  const hasChanges = isChanged(document)
  const usedBy = entry?.usedBy ?? []
  return (
    <header className={classes.head}>
      <div className={classes.what}>
        <h2 className={classes.name}>{workerNameOf(file)}</h2>
        {!isNarrow && (
          <span className={classes.where} title={file}>
            {hasChanges ? 'Changed, not saved' : file}
          </span>
        )}
      </div>
      <Tooltip label={`Undo (${modifierKey()}Z)`}>
        <ActionIcon aria-label="Undo" disabled={history.past.length === 0} onClick={store.undo}>
          <IconArrowBackUp size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`Redo (Shift+${modifierKey()}Z)`}>
        <ActionIcon aria-label="Redo" disabled={history.future.length === 0} onClick={store.redo}>
          <IconArrowForwardUp size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      {views}
      <Tooltip label={saveHint(usedBy)} disabled={!hasChanges}>
        <Button
          variant={hasChanges ? 'light' : 'default'}
          disabled={!hasChanges || save.status === 'conflict'}
          loading={save.status === 'saving'}
          onClick={() => void store.save()}
        >
          Save
        </Button>
      </Tooltip>
      <Tooltip label={isNarrow ? 'Clone: a copy to change, beside this one' : 'A copy to change, beside this one'}>
        {isNarrow ? (
          <ActionIcon variant="default" aria-label="Clone" onClick={() => void cloneWorker({ file })}>
            <IconCopy size={16} stroke={1.5} />
          </ActionIcon>
        ) : (
          <Button leftSection={<IconCopy size={16} stroke={1.5} />} onClick={() => void cloneWorker({ file })}>
            Clone
          </Button>
        )}
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="More">
            <IconDots size={16} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.5} />} onClick={() => setNaming(true)}>
            Rename…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHistoryOff size={16} stroke={1.5} />}
            disabled={!hasChanges}
            onClick={store.discard}
          >
            Discard the changes
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} stroke={1.5} />}
            disabled={entry === undefined}
            onClick={() => entry !== undefined && void removeWorker(entry)}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameDialog
        title="Rename the worker"
        verb="Rename"
        help={renameHelp(usedBy)}
        initial={workerNameOf(file).split('/').at(-1) ?? ''}
        isOpen={isNaming}
        onName={(name) => void renameWorker({ file }, name)}
        onClose={() => setNaming(false)}
      />
    </header>
  )
}

function saveHint(usedBy: readonly string[]): string {
  const keys = `Save (${modifierKey()}S); what it was stays in Versions.`
  if (usedBy.length === 0) return keys
  return `${keys} The next run of ${usedBy.length === 1 ? usedBy[0] : `${usedBy.length} chains`} uses it so.`
}

function renameHelp(usedBy: readonly string[]): string {
  if (usedBy.length === 0) return 'Its file is renamed with it.'
  return `Its file is renamed with it, and ${usedBy.length === 1 ? usedBy[0] : `${usedBy.length} chains`} will name it so.`
}
