import type { RunSummary } from '../../shared/run.ts'
import type { App } from '../index.ts'
import { groupFailures, readFailed } from './failureGroups.ts'
import { runCommands } from './runCommands.ts'
import type { RunReport } from './runReport.ts'
import { shownWorkspacePath } from './shownPath.ts'

/** Failed items read to be grouped by kind: enough for any picture, and bounded for a run in which all failed. */
const MAX_FAILED = 10_000

/** Gathers what a report says of a run beside its summary. */
export async function readReport(app: App, summary: RunSummary): Promise<RunReport> {
  const rows = summary.counts.failed > 0 ? await readFailed(app, summary, MAX_FAILED) : []
  return {
    summary,
    failures: groupFailures(rows),
    failuresRead: rows.length,
    output: summary.output === null ? null : shownWorkspacePath(summary.output, app.workspace, process.cwd()),
    commands: runCommands(summary, app.workspace),
  }
}
