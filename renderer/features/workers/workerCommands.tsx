import { Button, Group } from '@mantine/core'
import type { WorkerEntry } from '../../../shared/api.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { closeNotification, notifyDone } from '../../lib/notify.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'

export async function createWorker(name: string): Promise<void> {
  const created = await callOrNotify('workers.create', { name })
  if (created !== null) await show(created.file)
}

/** Of what is saved: changes that are not stay with the one they were made in. */
export async function cloneWorker({ file }: Pick<WorkerEntry, 'file'>): Promise<void> {
  const copy = await callOrNotify('workers.duplicate', { file })
  if (copy !== null) await show(copy.file)
}

/** Chains that use it are made to name it by its new name. */
export async function renameWorker({ file }: Pick<WorkerEntry, 'file'>, name: string): Promise<void> {
  if (!(await useWorkerStore.getState().save())) return
  const renamed = await callOrNotify('workers.rename', { file, name })
  if (renamed === null) return
  if (renamed.file !== file) useWorkerStore.getState().close(file)
  await show(renamed.file)
  const { chains } = renamed
  if (chains.length > 0)
    notifyDone(`renamed ${file}`, `${chains.length === 1 ? chains[0] : `${chains.length} chains`} now name it so, too.`)
}

/** Into the workspace's trash: said with a way back instead of asked beforehand. */
export async function removeWorker({ file, name, usedBy }: WorkerEntry): Promise<void> {
  const removed = await callOrNotify('workers.remove', { file })
  if (removed === null) return
  useWorkerStore.getState().close(file)
  await useWorkerStore.getState().refresh()
  const id = `removed ${file}`
  const undo = async () => {
    closeNotification(id)
    const restored = await callOrNotify('workers.restore', { trash: removed.trash })
    if (restored !== null) await show(restored.file)
  }
  const uses =
    usedBy.length === 0 ? '' : ` ${usedBy.length === 1 ? 'One chain uses' : `${usedBy.length} chains use`} it.`
  notifyDone(
    id,
    <Group justify="space-between" wrap="nowrap">
      <span>
        Deleted {name}.{uses}
      </span>
      <Button size="xs" onClick={() => void undo()}>
        Undo
      </Button>
    </Group>,
    30_000,
  )
}

async function show(file: string): Promise<void> {
  await useWorkerStore.getState().refresh()
  await useWorkerStore.getState().open(file)
}
