import type { FileResult } from '../ports/workspaceFiles.ts'
import { type Outcome, refuse } from './session.ts'

/** What came of a file, as a command's outcome. */
export function outcome<T>(result: FileResult<T>): Outcome<T> {
  return result.ok ? result : refuse(result.kind, result.message)
}
