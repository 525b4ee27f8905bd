import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { host } from '../../../lib/host.ts'
import { notifyError } from '../../../lib/notify.ts'
import { ITEM_FILE_ENDINGS } from '../../../lib/sourceOfFile.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { SOURCE_NODE } from '../canvas/nodeIds.ts'
import { setSourceEdits, sourceForPath } from '../edits/sourceEdits.ts'
import { type Dropped, readDropped } from './readDropped.ts'
import { workspacePath } from './workspacePath.ts'

/** Makes what was dropped the chain's source: by its path where the host can tell it, else as a copy in `inputs/`. */
export function useDroppedFiles(): (data: DataTransfer) => Promise<void> {
  return useCallback(async (data) => {
    const dropped = await readDropped(data)
    if (dropped === null) return
    const path = dropped.path ?? (await upload(dropped))
    if (path === null) return
    const workspace = useHostStore.getState().info?.workspace.path ?? null
    const source = sourceForPath(workspacePath(path, workspace), dropped.isFolder)
    if (source === null) {
      const message = `A source is a folder, or a file of several items (${ITEM_FILE_ENDINGS.join(', ')}). Put \`${dropped.name}\` into a folder and drop that.`
      notifyError({ kind: 'not_possible', message })
      return
    }
    useChainStore.getState().edit(setSourceEdits(source), `Read from ${dropped.name}`)
    useViewStore.getState().select([SOURCE_NODE])
  }, [])
}

/** Copies the files into the workspace; the path of the folder, or of the one file. null: it failed, and the person was told. */
async function upload({ name, isFolder, files }: Dropped): Promise<string | null> {
  const folder = isFolder ? name : name.replace(/\.[^.]*$/, '')
  const id = 'upload'
  notifications.show({
    id,
    message: `Copying ${files.length} files into inputs/${folder}…`,
    loading: true,
    autoClose: false,
  })
  try {
    let target = ''
    for (const file of files) {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const reply = await host.call('files.upload', { folder, name: file.name, bytes })
      if (!reply.ok) {
        notifyError(reply.error)
        return null
      }
      target = reply.value.folder
    }
    return isFolder ? target : `${target}/${name}`
  } finally {
    notifications.hide(id)
  }
}
