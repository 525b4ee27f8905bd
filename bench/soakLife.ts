import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { commandLine } from '../scripts/commandLine.mjs'

/** Bundled once: what is edited meanwhile does not change the program in the middle of a soak. */
const main = commandLine(join(import.meta.dirname, '..'))

/** One process of the command line. */
export class Life {
  readonly startedAt = performance.now()
  /** With what it ended by itself; null: by a signal. */
  readonly ended: Promise<number | null>
  stdout = ''
  stderr = ''
  /** null: it lives. */
  endedAt: number | null = null
  readonly #child: ChildProcess

  constructor(workspace: string, args: readonly string[]) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      cwd: workspace,
      env: { PATH: process.env.PATH, HOME: workspace, XDG_CONFIG_HOME: workspace },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (bytes: Buffer) => (this.stdout += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (this.stderr += bytes.toString()))
    this.#child = child
    this.ended = once(child, 'close').then(([code]) => {
      this.endedAt ??= performance.now()
      return code as number | null
    })
  }

  interrupt(): void {
    this.#child.kill('SIGINT')
  }

  kill(): void {
    this.endedAt ??= performance.now()
    this.#child.kill('SIGKILL')
  }
}
