import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunSummary } from '../../../shared/run.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { openApp } from '../openApp.ts'
import { Refusal } from '../refusal.ts'
import { shownWorkspacePath } from '../shownPath.ts'
import { costUsd, spendText } from '../spend.ts'
import { colorsFor, note, print } from '../standardStreams.ts'
import { table } from '../table.ts'
import { oneLine } from '../terminalText.ts'
import { workspaceHere } from '../workspaceFolder.ts'

/** Most runs that the API gives at once. */
const MAX_RUNS = 500

export async function runs(flags: {
  readonly limit: number
  readonly json?: true
  readonly workspace?: string
}): Promise<ExitCode> {
  const workspace = workspaceHere(flags.workspace, process.cwd())
  if (!existsSync(workspace)) throw new Refusal(`There is no folder ${workspace}.`)
  const found = await readRuns(workspace, Math.min(flags.limit, MAX_RUNS))
  if (flags.json === true) await print(`${JSON.stringify(found.map((summary) => runEntry(summary, workspace)))}\n`)
  else if (found.length === 0) note(`No runs yet in ${workspace}.`)
  else await print(`${runTable(found).join('\n')}\n`)
  return EXIT.ok
}

async function readRuns(workspace: string, limit: number): Promise<readonly RunSummary[]> {
  // To look for runs must not make a workspace of a folder that is none.
  if (!existsSync(join(workspace, '.jacquard'))) return []
  const app = await openApp({ workspace, host: 'cli' })
  try {
    return await ask(app, 'runs.list', { kind: 'batch', limit })
  } finally {
    await app.close()
  }
}

function runEntry(summary: RunSummary, workspace: string) {
  return {
    run: summary.run,
    chain: summary.chainFile ?? summary.chainName,
    status: summary.state.status,
    startedAt: new Date(summary.startedAt).toISOString(),
    endedAt: summary.endedAt === null ? null : new Date(summary.endedAt).toISOString(),
    items: summary.items,
    succeeded: summary.counts.succeeded,
    failed: summary.counts.failed,
    costUsd: costUsd(summary),
    output: summary.output === null ? null : shownWorkspacePath(summary.output, workspace, process.cwd()),
  }
}

function runTable(found: readonly RunSummary[]): string[] {
  const colors = colorsFor(process.stdout)
  const head = ['RUN', 'CHAIN', 'STATUS', 'ITEMS', 'OK', 'FAILED', 'COST', 'STARTED'].map(colors.dim)
  const rows = found.map((summary) => [
    summary.run,
    oneLine(summary.chainName, 32),
    summary.state.status,
    summary.items === null ? '?' : String(summary.items),
    String(summary.counts.succeeded),
    String(summary.counts.failed),
    summary.calls === 0 ? '–' : spendText(summary),
    startText(summary.startedAt),
  ])
  return table([head, ...rows], [3, 4, 5])
}

/** `2026-03-01 14:05`, in the time of this machine. */
function startText(startedAt: number): string {
  return new Date(startedAt).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
}
