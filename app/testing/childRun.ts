import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { RunSummary } from '../../shared/run.ts'
import type { TestWorkspace } from './workspace.ts'

export interface ChildRun {
  readonly process: ChildProcess
  readonly run: string
  /** Never of a process that is killed. */
  readonly ended: Promise<RunSummary>
  close(): Promise<void>
}

/** A run in a process of its own, to be killed. `args`: as testing/runInProcess.ts takes them. */
export async function startChild(workspace: TestWorkspace, args: readonly string[]): Promise<ChildRun> {
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
