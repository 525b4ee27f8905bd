import { resolve } from 'node:path'
import { ask } from '../ask.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { findRun } from '../findRun.ts'
import { openRunsApp } from '../openRunsApp.ts'
import { shownWorkspacePath } from '../shownPath.ts'
import { countText } from '../spend.ts'
import { note, print } from '../standardStreams.ts'

export interface ExportFlags {
  readonly format: 'jsonl' | 'csv'
  readonly output?: string
  readonly workspace?: string
}

export async function exportRun(wanted: string, { format, output, workspace }: ExportFlags): Promise<ExitCode> {
  const app = await openRunsApp(workspace)
  try {
    const { run } = await findRun(app, wanted)
    if (output === '-') {
      for await (const text of app.results(run, { format })) if ((await print(text)) === 'closed') break
      return EXIT.ok
    }
    const target = output === undefined ? {} : { file: resolve(output) }
    const { file, items } = await ask(app, 'runs.export', { run, format, ...target })
    note(`${countText(items, 'item')} written to ${shownWorkspacePath(file, app.workspace, process.cwd())}`)
    return EXIT.ok
  } finally {
    await app.close()
  }
}
