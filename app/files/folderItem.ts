import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ItemRead } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import type { FolderParams } from './folderParams.ts'
import { itemFailure, loadGivenUp } from './itemFailure.ts'
import { readDocument } from './readDocument.ts'
import { isInside } from './workspacePath.ts'

/** Where the files lie, and what their folders say of them. */
export interface ItemFolder {
  /** Absolute. */
  readonly folder: string
  readonly params: FolderParams
}

/**
 * A file of a folder as an item: `{path, name, folder, text, bytes, modified}`, `params` where a folder on its way gives
 * some, and what its kind has besides (see `readDocument`).
 */
export async function folderItem(
  { folder, params }: ItemFolder,
  path: string,
  signal: AbortSignal | undefined,
): Promise<ItemRead> {
  const file = join(folder, path)
  try {
    if (!(await isInside(folder, await realpath(file))))
      return itemFailure('It is a link out of the folder; such links are not followed.')
  } catch (error) {
    return itemFailure(describeFileError(error))
  }
  const inFolder = dirname(path) === '.' ? '' : dirname(path)
  const given = await params.of(inFolder)
  if (!given.ok) return itemFailure(given.message)
  const read = await readDocument(file, signal)
  if (signal?.aborted === true) return loadGivenUp()
  if (!read.ok) return itemFailure(read.message)
  const { text, bytes, modified, more } = read.document
  return {
    ok: true,
    value: {
      path,
      name: basename(path),
      folder: inFolder,
      text,
      bytes,
      modified,
      ...more,
      ...(given.params === null ? {} : { params: given.params }),
    },
  }
}
