import { host } from '../../../lib/host.ts'

/** One file or folder that was dropped onto the window. */
export interface Dropped {
  readonly name: string
  readonly isFolder: boolean
  /** null: the host cannot tell (a browser never can), and `files` is copied instead. */
  readonly path: string | null
  /** Every file in it; empty where the path is known. */
  readonly files: readonly File[]
}

/** What was dropped; null: nothing that can be read. Several files count as a folder of them. */
export async function readDropped(data: DataTransfer): Promise<Dropped | null> {
  // Both lists are empty once the drop event is over: take what is needed before the first wait.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = [...data.files]
  const [file] = files
  const [entry] = entries
  if (file === undefined) return null
  const path = files.length === 1 ? host.pathOf(file) : null
  if (entry?.isDirectory === true && entries.length === 1) {
    const inside = path === null ? await filesIn(entry as FileSystemDirectoryEntry) : []
    return { name: entry.name, isFolder: true, path, files: inside }
  }
  if (files.length === 1) return { name: file.name, isFolder: false, path, files }
  return { name: 'dropped', isFolder: true, path: null, files }
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader()
  const found: File[] = []
  for (;;) {
    // A reader gives a hundred at a time, and an empty list at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (entries.length === 0) return found
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry)))
      else
        found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)))
    }
  }
}
