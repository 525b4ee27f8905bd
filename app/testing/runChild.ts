import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { RunSummary } from '../../shared/run.ts'
import type { TestWorkspace } from './workspace.ts'

/** A run in a process of its own, to be killed. */
export interface RunChild {
  readonly process: ChildProcess
  readonly run: string
  /** Never resolves where it is killed. */
  readonly ended: Promise<RunSummary>
  close(): Promise<void>
}

/** `args`: those of runInProcess.ts behind the workspace. */
export async function startRunChild(workspace: TestWorkspace, args: readonly string[]): Promise<RunChild> {
  const script = new URL('./runInProcess.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, workspace.folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const run = String((await lines.next()).value)
  const ended = lines.next().then(({ value }) => JSON.parse(String(value)) as RunSummary)
  // Of a process that is killed there is no summary, and nobody waits for it.
  ended.catch(() => undefined)
  return { process: child, run, ended, close: () => Promise.resolve(void child.kill('SIGKILL')) }
}

/** What was asked by the attempts whose answers are on disk. */
export function storedQuestions(workspace: TestWorkspace): string[] {
  const database = new DatabaseSync(join(workspace.folder, '.jacquard/jacquard.db'))
  const rows = database.prepare(`select request from attempts where status = 'succeeded'`).all()
  database.close()
  return rows.map(
    (row) => (JSON.parse(String(row.request)) as { messages: { text: string }[] }).messages[0]?.text ?? '',
  )
}
