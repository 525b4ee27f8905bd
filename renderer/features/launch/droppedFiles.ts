import { host } from '../../lib/host.ts'

/** What was dropped onto the window: paths that the host can open, or files whose bytes must be sent to it. */
export type Dropped =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'files'; readonly folder: string; readonly files: readonly File[] }
  | { readonly kind: 'nothing' }

/** `canTellPaths`: HostInfo.has.droppedPaths. Must be called before the drop's event is over. */
export async function readDropped(data: DataTransfer, canTellPaths: boolean): Promise<Dropped> {
  // All at once and first of all: the list is emptied when the event is over.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  const dropped = [...data.files]
  const [first] = dropped
  if (first === undefined) return { kind: 'nothing' }
  const path = canTellPaths && dropped.length === 1 ? host.pathOf(first) : null
  // A single text file is no source: it is sent, and becomes a folder with one file.
  const isOpenable = entries[0]?.isDirectory === true || /\.(csv|jsonl|ndjson)$/i.test(first.name)
  if (path !== null && isOpenable) return { kind: 'path', path }
  // Without entries (another program's drag) the files themselves are all there is.
  const files = entries.length === 0 ? dropped : (await Promise.all(entries.map(filesOf))).flat()
  if (files.length === 0) return { kind: 'nothing' }
  return { kind: 'files', folder: folderName(entries), files }
}

/** Named after what was dropped: its folder, or its only file. */
function folderName(entries: readonly FileSystemEntry[]): string {
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined) return 'dropped'
  return entry.isDirectory ? entry.name : entry.name.replace(/\.[^.]+$/, '')
}

async function filesOf(entry: FileSystemEntry): Promise<readonly File[]> {
  if (entry.name.startsWith('.')) return []
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isFolder(entry)) return []
  const reader = entry.createReader()
  const files: File[] = []
  for (;;) {
    // Gives a hundred at the most, and none when all were given.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return files
    files.push(...(await Promise.all(some.map(filesOf))).flat())
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
