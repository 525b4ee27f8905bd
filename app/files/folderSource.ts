import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { glob } from 'tinyglobby'
import type { FolderSource } from '../../shared/source.ts'
import { type ItemRead, type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import { readDocument } from './readDocument.ts'
import { fromWorkspace, isInside, toWorkspace } from './workspacePath.ts'

/** File names in the order people expect: `a2` before `a10`, whatever the machine's language. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The files of a folder as items. `keys`: the files that an earlier part of the run saw, in its order. */
export async function openFolderSource(
  source: FolderSource,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  const folder = fromWorkspace(workspace, source.folder)
  try {
    if (!(await stat(folder)).isDirectory())
      throw new SourceBroken(`The source ${source.folder} is a file, not a folder.`)
  } catch (error) {
    if (error instanceof SourceBroken) throw error
    throw new SourceBroken(`The source folder ${source.folder} cannot be read. ${describeFileError(error)}`)
  }
  let listed: Promise<readonly string[]> | null = keys === null ? null : Promise.resolve(keys)
  const list = () => {
    listed ??= listFiles(folder, source)
    return listed
  }
  return {
    label: toWorkspace(workspace, folder),
    count: async () => (await list()).length,
    keys: list,
    async *entries(from) {
      const paths = await list()
      for (let index = from; index < paths.length; index += 256)
        yield paths.slice(index, index + 256).map(
          (path, offset): SourceEntry => ({
            index: index + offset,
            key: path,
            bytes: null,
            load: () => loadFile(folder, path),
          }),
        )
    },
    close: () => Promise.resolve(),
  }
}

async function listFiles(folder: string, source: FolderSource): Promise<readonly string[]> {
  const isRecursive = source.recursive ?? true
  const paths = await glob(source.include ?? [isRecursive ? '**/*' : '*'], {
    cwd: folder,
    ignore: source.exclude ?? [],
    deep: isRecursive ? Number.POSITIVE_INFINITY : 1,
    onlyFiles: true,
    dot: false,
    followSymbolicLinks: false,
    expandDirectories: false,
  })
  return paths.sort(byName.compare)
}

async function loadFile(folder: string, path: string): Promise<ItemRead> {
  const file = join(folder, path)
  const refuse = (message: string): ItemRead => ({
    ok: false,
    failure: { kind: 'source', message },
  })
  try {
    if (!(await isInside(folder, await realpath(file))))
      return refuse('It is a link out of the folder; such links are not followed.')
  } catch (error) {
    return refuse(describeFileError(error))
  }
  const read = await readDocument(file)
  if (!read.ok) return refuse(read.message)
  const inFolder = dirname(path)
  return {
    ok: true,
    value: {
      path,
      name: basename(path),
      folder: inFolder === '.' ? '' : inFolder,
      text: read.text,
      bytes: read.bytes,
      modified: read.modified,
    },
  }
}
