import type { WatchSource } from '../../shared/source.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import { checkFolder } from './folderFiles.ts'
import { folderItem } from './folderItem.ts'
import { FolderParams } from './folderParams.ts'
import { FolderWatch } from './folderWatch.ts'
import { fromWorkspace, toWorkspace } from './workspacePath.ts'

/**
 * The files of a folder that grows, in the order in which they arrive: items as those of a folder. `keys`: the files that
 * an earlier part of the run saw; they come first. A file is one item however often it changes.
 */
export async function openWatchSource(
  source: WatchSource,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  const folder = fromWorkspace(workspace, source.watch)
  await checkFolder(folder, source.watch)
  const files = new FolderWatch(folder, source, keys ?? [])
  return {
    label: toWorkspace(workspace, folder),
    grows: true,
    count: () => Promise.resolve(null),
    keys: () => Promise.resolve([...files.arrived]),
    async *entries(from, signal) {
      for (let index = from; !signal.aborted; ) {
        const arrived = await files.after(index, signal).catch((error: unknown) => {
          throw new SourceBroken(`The folder ${source.watch} cannot be read any more. ${describeFileError(error)}`)
        })
        if (arrived.length === 0) return
        yield arrived.map((path, offset): SourceEntry => {
          // What holds for a folder may be written while the run goes on.
          const load = (giveUp?: AbortSignal) => folderItem({ folder, params: new FolderParams(folder) }, path, giveUp)
          return { index: index + offset, key: path, source: null, bytes: null, load }
        })
        index += arrived.length
      }
    },
    finish: () => files.finish(),
    close: () => Promise.resolve(files.close()),
  }
}
