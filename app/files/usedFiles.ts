import { open, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { UsedFiles } from '../ports/usedFiles.ts'
import type { FileResult } from '../ports/workspaceFiles.ts'
import { decodeText, isText } from './decodeText.ts'
import { describeFileError } from './fileError.ts'
import { readKnowledgeFolder } from './knowledgeFolder.ts'
import { insideWorkspace } from './workspacePath.ts'

/** Of one file, and of all files of a knowledge folder together. More does not fit into a call. */
export const MOST_BYTES = 1_000_000

/** Workers, chains and knowledge of a workspace. A relative path does not leave it, by `..` or by a link. */
export function usedFiles(workspace: string): UsedFiles {
  return {
    text: (path) => read(workspace, path, readTextFile),
    knowledge: (path) =>
      read(workspace, path, async (absolute) =>
        (await stat(absolute)).isDirectory() ? readKnowledgeFolder(absolute, MOST_BYTES) : readTextFile(absolute),
      ),
  }
}

/** `from`: gives the text, or a sentence that says why there is none. */
async function read(
  workspace: string,
  path: string,
  from: (absolute: string) => Promise<{ readonly text: string } | { readonly problem: string }>,
): Promise<FileResult<string>> {
  try {
    const absolute = isAbsolute(path) ? path : await insideWorkspace(workspace, path)
    if (absolute === null) return { ok: false, kind: 'invalid', message: 'It lies outside the workspace.' }
    const found = await from(absolute)
    return 'text' in found ? { ok: true, value: found.text } : { ok: false, kind: 'invalid', message: found.problem }
  } catch (error) {
    const kind = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'not_found' : 'files'
    return { ok: false, kind, message: describeFileError(error) }
  }
}

async function readTextFile(path: string): Promise<{ readonly text: string } | { readonly problem: string }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > MOST_BYTES) return { problem: `It is larger than ${MOST_BYTES / 1_000_000} MB.` }
    const bytes = await file.readFile()
    return isText(bytes) ? { text: decodeText(bytes) } : { problem: 'It is not a text file.' }
  } finally {
    await file.close()
  }
}
