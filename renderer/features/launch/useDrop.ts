import { type DragEvent, useState } from 'react'
import type { Source } from '../../../shared/source.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { readDropped } from './droppedFiles.ts'
import { isItemFile, sourceOfPath } from './sourceOfPath.ts'

interface Drop {
  /** Something is held over the window. */
  readonly isOver: boolean
  /** Files that are being sent; null: none. */
  readonly sending: { readonly done: number; readonly all: number } | null
  readonly handlers: {
    onDragOver(event: DragEvent): void
    onDragLeave(event: DragEvent): void
    onDrop(event: DragEvent): void
  }
}

/** Takes a folder or files that are dropped as the source; files that the host has no path of are sent to it first. */
export function useDrop(onSource: (source: Source) => void): Drop {
  const [isOver, setOver] = useState(false)
  const [sending, setSending] = useState<Drop['sending']>(null)
  const canTellPaths = useHostStore((state) => state.info?.has.droppedPaths === true)

  async function take(data: DataTransfer): Promise<void> {
    const dropped = await readDropped(data, canTellPaths)
    if (dropped.kind === 'path') onSource(sourceOfPath(dropped.path))
    if (dropped.kind === 'files') await send(dropped.folder, dropped.files)
  }

  async function send(folder: string, files: readonly File[]): Promise<void> {
    let landed: string | null = null
    for (const [done, file] of files.entries()) {
      setSending({ done, all: files.length })
      const bytes = new Uint8Array(await file.arrayBuffer())
      const reply = await callOrNotify('files.upload', { folder, name: file.name, bytes })
      if (reply === null) break
      landed = reply.folder
    }
    setSending(null)
    const [only] = files
    if (landed === null) return
    onSource(
      files.length === 1 && only !== undefined && isItemFile(only.name)
        ? sourceOfPath(`${landed}/${only.name}`)
        : { folder: landed },
    )
  }

  return {
    isOver,
    sending,
    handlers: {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave(event) {
        // Going over to a child is no leaving.
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
      },
      onDrop(event) {
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer)
      },
    },
  }
}
