import { Button, Group } from '@mantine/core'
import type { ChainEntry } from '../../../shared/api.ts'
import { parseChain } from '../../../shared/chainDocument.ts'
import { editChain } from '../../../shared/chainEdit.ts'
import type { Source } from '../../../shared/source.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { closeNotification, notifyDone } from '../../lib/notify.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { startingChain } from './startingChain.ts'

/** Opens a chain on the canvas. */
export async function openChain(file: string): Promise<void> {
  if (await useChainStore.getState().open(file)) useViewStore.getState().go('build')
}

export async function createChain(name: string, source: Source | null): Promise<void> {
  const created = await callOrNotify('chains.create', { name, text: startingChain(name, source) })
  if (created !== null) await openChain(created.file)
}

export async function duplicateChain({ file, name }: ChainEntry): Promise<void> {
  const copy = await callOrNotify('chains.duplicate', { file })
  if (copy === null) return
  await writeName(copy.file, `${name} copy`)
  await useHostStore.getState().refreshChains()
}

export async function renameChain({ file }: ChainEntry, name: string): Promise<void> {
  // What is open under the old name would look like a file that was taken away.
  const isOpen = await closeIfOpen(file)
  const renamed = await callOrNotify('chains.rename', { file, name })
  if (renamed !== null) await writeName(renamed.file, name)
  if (isOpen) await useChainStore.getState().open(renamed?.file ?? file)
  await useHostStore.getState().refreshChains()
}

/** The name inside the file follows the file's own; a text that cannot be read stays as it is. */
async function writeName(file: string, name: string): Promise<void> {
  const read = await callOrNotify('chains.read', { file })
  if (read === null || parseChain(read.text).chain === null) return
  const text = editChain(read.text, [{ kind: 'set', path: ['name'], value: name }])
  await callOrNotify('chains.write', { file, text, version: read.version })
}

/** Into the workspace's trash: said with a way back instead of asked beforehand. */
export async function removeChain({ file, name }: ChainEntry): Promise<void> {
  await closeIfOpen(file)
  const removed = await callOrNotify('chains.remove', { file })
  if (removed === null) return
  await useHostStore.getState().refreshChains()
  const id = `removed ${file}`
  const undo = async () => {
    closeNotification(id)
    await callOrNotify('chains.restore', { trash: removed.trash })
    await useHostStore.getState().refreshChains()
  }
  notifyDone(
    id,
    <Group justify="space-between" wrap="nowrap">
      <span>Deleted {name}.</span>
      <Button size="xs" onClick={() => void undo()}>
        Undo
      </Button>
    </Group>,
    30_000,
  )
}

export async function openWorkspace(path: string): Promise<void> {
  await useChainStore.getState().flush()
  await callOrNotify('workspace.open', { path })
}

export async function addExamples(path: string): Promise<void> {
  await callOrNotify('workspace.create', { path, withExamples: true })
  await useHostStore.getState().refreshChains()
}

async function closeIfOpen(file: string): Promise<boolean> {
  if (useChainStore.getState().file !== file) return false
  await useChainStore.getState().close()
  return true
}
