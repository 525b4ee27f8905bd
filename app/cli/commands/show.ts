import type { RunSummary, StageCounts } from '../../../shared/run.ts'
import type { App } from '../../index.ts'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { readFailed } from '../failureGroups.ts'
import { findItem } from '../findItem.ts'
import { findRun } from '../findRun.ts'
import { openRunsApp } from '../openRunsApp.ts'
import { readReport } from '../readReport.ts'
import { runJson } from '../runJson.ts'
import { runReport } from '../runReport.ts'
import { countText } from '../spend.ts'
import { colorsFor, print } from '../standardStreams.ts'
import { table } from '../table.ts'
import { oneLine } from '../terminalText.ts'
import { traceJson } from '../traceJson.ts'
import { traceReport } from '../traceReport.ts'

export interface ShowFlags {
  readonly item?: string
  readonly lane?: number
  readonly json?: true
  readonly workspace?: string
}

const FAILED_SHOWN = 20

export async function show(wanted: string, flags: ShowFlags): Promise<ExitCode> {
  const app = await openRunsApp(flags.workspace)
  try {
    const summary = await findRun(app, wanted)
    await (flags.item === undefined
      ? showRun(app, summary, flags)
      : showItem(app, summary, { ...flags, item: flags.item }))
    return EXIT.ok
  } finally {
    await app.close()
  }
}

async function showItem(
  app: App,
  summary: RunSummary,
  { item, lane = 0, json }: ShowFlags & { item: string },
): Promise<void> {
  const index = await findItem(app, summary, { wanted: item, lane })
  const trace = await ask(app, 'runs.trace', { run: summary.run, lane, index })
  const lines =
    json === true
      ? [JSON.stringify(traceJson(trace))]
      : traceReport(trace, summary.simulated, colorsFor(process.stdout))
  await print(`${lines.join('\n')}\n`)
}

async function showRun(app: App, summary: RunSummary, { json }: ShowFlags): Promise<void> {
  const report = await readReport(app, summary)
  const failed = summary.counts.failed > 0 ? await readFailed(app, summary, FAILED_SHOWN) : []
  const { progress } = await ask(app, 'runs.get', { run: summary.run })
  if (json === true) {
    const stages = summary.stages.map((stage, index) => ({ ...stage, cells: progress.stageCounts[index] ?? {} }))
    const document = {
      ...runJson(summary, report.output),
      chain: summary.chainFile ?? summary.chainName,
      stages,
      failures: report.failures,
    }
    await print(`${JSON.stringify(document)}\n`)
    return
  }
  const colors = colorsFor(process.stdout)
  const lines = [colors.bold(`${summary.chainName} · ${summary.sourceLabel}`), ...runReport(report, colors), '']
  lines.push(...stageTable(summary, progress.stageCounts))
  if (failed.length > 0) {
    lines.push('', `Failed items${failed.length < summary.counts.failed ? ` (the first ${failed.length})` : ''}`)
    lines.push(
      ...table(
        failed.map(({ index, lane, key, error }) => [
          lane === 0 ? `  ${index}` : `  group ${index}`,
          oneLine(key, 40),
          error?.stage ?? '',
          error?.kind ?? '',
          oneLine(error?.message ?? '', 100),
        ]),
        [0],
      ),
      '',
      `See one whole: jacquard show ${summary.run} --item ${failed[0]?.index ?? 0}${failed[0]?.lane ? ` --lane ${failed[0].lane}` : ''}`,
    )
  }
  await print(`${lines.join('\n')}\n`)
}

function stageTable({ stages }: RunSummary, counts: readonly StageCounts[]): string[] {
  const lanes = new Set(stages.map(({ lane }) => lane)).size
  const rows = stages.map(({ id, kind, tier, lane }, index) => {
    const cells = Object.entries(counts[index] ?? {}).filter(([, count]) => count > 0)
    return [
      `  ${id}`,
      tier ?? kind,
      ...(lanes > 1 ? [lane === 0 ? 'items' : `groups, lane ${lane}`] : []),
      cells.map(([state, count]) => `${count} ${state}`).join(', '),
    ]
  })
  return [countText(stages.length, 'Stage'), ...table(rows)]
}
