import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FolderListing } from '../../shared/api.ts'
import type { FileResult, WorkspaceFiles } from '../ports/workspaceFiles.ts'
import { describeFileError } from './fileError.ts'
import { fromWorkspace, insideWorkspace, toWorkspace } from './workspacePath.ts'

export function workspaceFiles(workspace: string): WorkspaceFiles {
  return {
    list: (path) => listFolder(workspace, path),
    upload: (upload) => storeUpload(workspace, upload),
    shown: (path) => toWorkspace(workspace, path),
    absolute: (path) => fromWorkspace(workspace, path),
  }
}

/** A folder's content for a person to choose from, folders first. Hidden entries are left out. */
async function listFolder(workspace: string, path: string | null): Promise<FileResult<FolderListing>> {
  const folder = path === null ? workspace : fromWorkspace(workspace, path)
  try {
    const found = await readdir(folder, { withFileTypes: true })
    const shown = found.filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
    const entries = await Promise.all(
      shown.map(async (entry) => {
        const full = join(folder, entry.name)
        const kind = entry.isDirectory() ? ('folder' as const) : ('file' as const)
        return {
          name: entry.name,
          path: toWorkspace(workspace, full),
          kind,
          bytes: kind === 'file' ? (await stat(full)).size : null,
        }
      }),
    )
    const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
    entries.sort((a, b) => (a.kind === b.kind ? byName.compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1))
    const parent = dirname(folder)
    return {
      ok: true,
      value: {
        path: toWorkspace(workspace, folder),
        parent: parent === folder ? null : toWorkspace(workspace, parent),
        entries,
      },
    }
  } catch (error) {
    return { ok: false, kind: 'files', message: `${path ?? 'The workspace'}: ${describeFileError(error)}` }
  }
}

/** Stores a file that was dropped onto a browser's window in `inputs/FOLDER/`. Gives the folder. */
async function storeUpload(
  workspace: string,
  upload: Parameters<WorkspaceFiles['upload']>[0],
): Promise<FileResult<{ readonly folder: string }>> {
  const folder = `inputs/${upload.folder}`
  const file = await insideWorkspace(workspace, join(folder, upload.name))
  const isPlain = (name: string) => name === basename(name) && !name.startsWith('.')
  if (file === null || !isPlain(upload.folder) || !isPlain(upload.name))
    return { ok: false, kind: 'invalid', message: `${upload.name} is not a file name that can be stored.` }
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, upload.bytes)
    return { ok: true, value: { folder } }
  } catch (error) {
    return { ok: false, kind: 'files', message: `${upload.name} could not be stored. ${describeFileError(error)}` }
  }
}
