import type { FileResult } from './workspaceFiles.ts'

/** Reads the files that a chain uses. Paths are from the workspace's root, or absolute. */
export interface UsedFiles {
  /** A worker's or a chain's text, bounded in size. */
  text(path: string): Promise<FileResult<string>>
  /** A knowledge file's text; of a folder, the texts of the files in it, each under its name. Bounded in size. */
  knowledge(path: string): Promise<FileResult<string>>
}
