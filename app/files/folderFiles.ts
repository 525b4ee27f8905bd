import { stat } from 'node:fs/promises'
import { glob } from 'tinyglobby'
import { SourceBroken } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import { PARAMS_FILES } from './folderParams.ts'

/** Which files of a folder are items. */
export interface FilesWanted {
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly recursive?: boolean | undefined
}

/** File names in the order people expect: `a2` before `a10`, whatever the machine's language. */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Rejects with `SourceBroken` where there is no such folder. `path`: as the chain names it. */
export async function checkFolder(folder: string, path: string): Promise<void> {
  try {
    if ((await stat(folder)).isDirectory()) return
  } catch (error) {
    throw new SourceBroken(`The source folder ${path} cannot be read. ${describeFileError(error)}`)
  }
  throw new SourceBroken(`The source ${path} is a file, not a folder.`)
}

/** Paths within the folder, with `/`, sorted. Hidden files, links and `_params` files are not among them. */
export async function listFiles(folder: string, wanted: FilesWanted): Promise<readonly string[]> {
  const isRecursive = wanted.recursive ?? true
  const paths = await glob([...(wanted.include ?? [isRecursive ? '**/*' : '*'])], {
    cwd: folder,
    ignore: [...(wanted.exclude ?? []), ...PARAMS_FILES.map((name) => `**/${name}`)],
    deep: isRecursive ? Number.POSITIVE_INFINITY : 1,
    onlyFiles: true,
    dot: false,
    followSymbolicLinks: false,
    expandDirectories: false,
  })
  return paths.sort(byName.compare)
}
