import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FolderSource } from '../../shared/source.ts'
import type { ItemSource, SourceEntry } from '../ports/source.ts'
import { checkFolder, listFiles } from './folderFiles.ts'
import { folderItem } from './folderItem.ts'
import { FolderParams } from './folderParams.ts'
import { fromWorkspace, toWorkspace } from './workspacePath.ts'

const GROUP = 256

/** The files of a folder as items. `keys`: the files that an earlier part of the run saw, in its order. */
export async function openFolderSource(
  source: FolderSource,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  const folder = fromWorkspace(workspace, source.folder)
  await checkFolder(folder, source.folder)
  const files = { folder, params: new FolderParams(folder) }
  let listed: Promise<readonly string[]> | null = keys === null ? null : Promise.resolve(keys)
  const list = () => {
    listed ??= listFiles(folder, source)
    return listed
  }
  return {
    label: toWorkspace(workspace, folder),
    grows: false,
    count: async () => (await list()).length,
    keys: list,
    async *entries(from, signal) {
      const paths = await list()
      for (let index = from; index < paths.length && !signal.aborted; index += GROUP)
        yield paths.slice(index, index + GROUP).map(
          (path, offset): SourceEntry => ({
            index: index + offset,
            key: path,
            source: null,
            bytes: null,
            size: () => sizeOf(join(folder, path)),
            load: (giveUp) => folderItem(files, path, giveUp),
          }),
        )
    },
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}

async function sizeOf(file: string): Promise<number | null> {
  const stats = await stat(file).catch(() => null)
  return stats === null ? null : stats.size
}
