import { dirname, resolve } from 'node:path'
import type { RunSummary } from '../../shared/run.ts'
import { shellWord, shownPath, shownWorkspacePath } from './shownPath.ts'
import { workspaceAbove } from './workspaceFolder.ts'

/** The commands that go on with a run, as they can be typed in the current folder; null: its chain has no file. */
export function runCommands({ run, chainFile }: Pick<RunSummary, 'run' | 'chainFile'>, workspace: string) {
  if (chainFile === null) return null
  const here = process.cwd()
  const start = `jacquard run ${shellWord(shownWorkspacePath(chainFile, workspace, here))}`
  // By now the workspace has its `.jacquard/`, so that the chain alone mostly names it.
  const isFound = workspaceAbove(dirname(resolve(workspace, chainFile))) === workspace
  const end = isFound ? run : `${run} --workspace ${shellWord(shownPath(workspace, here))}`
  return { resume: `${start} --resume ${end}`, retryFailed: `${start} --retry-failed ${end}` }
}
