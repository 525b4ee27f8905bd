import { dirname, resolve } from 'node:path'
import { MICROS_PER_USD } from '../../shared/format.ts'
import type { RunSummary } from '../../shared/run.ts'
import { shellWord, shownPath, shownWorkspacePath } from './shownPath.ts'
import { workspaceAbove } from './workspaceFolder.ts'

/** The commands that go on with a run, as they can be typed in the current folder; null: its chain has no file. */
export function runCommands(
  summary: Pick<RunSummary, 'run' | 'chainFile' | 'state' | 'budgetMicros'>,
  workspace: string,
) {
  const { run, chainFile } = summary
  if (chainFile === null) return null
  const here = process.cwd()
  const start = `jacquard run ${shellWord(shownWorkspacePath(chainFile, workspace, here))}`
  // By now the workspace has its `.jacquard/`, so that the chain alone mostly names it.
  const isFound = workspaceAbove(dirname(resolve(workspace, chainFile))) === workspace
  const end = isFound ? run : `${run} --workspace ${shellWord(shownPath(workspace, here))}`
  return { resume: `${start} --resume ${end}${higherBudget(summary)}`, retryFailed: `${start} --retry-failed ${end}` }
}

/** With the budget that is used up it would pause again at once: twice that much is proposed. */
function higherBudget({ state, budgetMicros }: Pick<RunSummary, 'state' | 'budgetMicros'>): string {
  if (state.status !== 'paused' || state.reason.kind !== 'budget' || budgetMicros === null) return ''
  return ` --budget-usd ${(budgetMicros * 2) / MICROS_PER_USD}`
}
