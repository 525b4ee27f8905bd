import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Start } from './workshop.ts'

export const root = join(import.meta.dirname, '../..')

const PATIENCE_MS = 15_000

export function environment({ dataFolder, env }: Start): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: dataFolder, USERPROFILE: dataFolder, TZ: 'UTC', ...env }
}

/** A process of a test's own, with all it says. */
export class TestProcess {
  readonly child: ChildProcess
  /** Resolves with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>
  #said = ''

  constructor(child: ChildProcess) {
    this.child = child
    this.ended = new Promise((resolve) => child.once('exit', resolve))
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
      })
  }

  get said(): string {
    return this.#said
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** The first match in what it says. Rejects with all of it when it ends, or takes too long, without saying so. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      const match = pattern.exec(this.#said)
      if (match !== null) return match
      if (!this.isRunning) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error(`${this.child.spawnargs.join(' ')} did not say ${pattern}, but:\n${this.#said}`)
  }

  /** Waits for an end that was asked for. `allowed`: the exit codes that mean success. */
  async expectEnd(allowed: readonly (number | null)[]): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS)
    const code = await this.ended
    clearTimeout(timer)
    if (!allowed.includes(code)) throw new Error(`It ended with ${code ?? this.child.signalCode}:\n${this.#said}`)
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
