import { stat } from 'node:fs/promises'
import { SourceBroken } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import { fromWorkspace, toWorkspace } from './workspacePath.ts'

/** The one file of a source. */
export interface SourceFile {
  /** Absolute. */
  readonly file: string
  readonly label: string
  readonly bytes: number
  /** What the run is told when `error` ended the reading. An error that is not about the file is thrown on. */
  broken(error: unknown): SourceBroken
}

/** Rejects with `SourceBroken` where there is no such file. */
export async function sourceFile(path: string, workspace: string): Promise<SourceFile> {
  const file = fromWorkspace(workspace, path)
  const broken = (error: unknown) =>
    error instanceof SourceBroken
      ? error
      : new SourceBroken(`The source ${path} cannot be read. ${describeFileError(error)}`)
  try {
    const stats = await stat(file)
    // A pipe would be waited for without end.
    if (!stats.isFile()) throw new SourceBroken(`The source ${path} is not a file.`)
    return { file, label: toWorkspace(workspace, file), bytes: stats.size, broken }
  } catch (error) {
    throw broken(error)
  }
}
