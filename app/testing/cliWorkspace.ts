import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Provider, type ProviderAnswer, startProvider } from './provider.ts'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')
/** What one process has made of the sources, the next need not. */
const COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/jacquard/compiled')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A workspace in a temporary folder, and real `jacquard` processes in it. */
export class CliWorkspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'jacquard-cli-')))
  /** The most that a process may write into one file, in kilobytes; null: as much as it likes. Not on Windows. */
  mostFileKb: number | null = null
  readonly #ends: (() => void)[] = []

  constructor() {
    for (const name of ['chains', 'inputs']) mkdirSync(join(this.folder, name))
    this.write('jacquard.yaml', '')
    for (const name of ['a', 'b', 'c']) this.write(`inputs/${name}.txt`, `text of ${name}`)
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8')
  }

  /** Gives the path of the chain from the workspace's folder, where every process runs. */
  chain(name: string, text: string): string {
    this.write(`chains/${name}.chain.yaml`, `jacquard: 1\nname: ${name}\n${text}`)
    return `chains/${name}.chain.yaml`
  }

  /** Nothing of this machine's environment reaches the process: no key, no server, no setting. */
  start(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const { folder } = this
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      TZ: 'UTC',
      NO_COLOR: '1',
      TEST_KEY: 'k',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
    }
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN, ...args]
    const limited = ['bash', '-c', `ulimit -f ${this.mostFileKb}; exec "$0" "$@"`, ...command]
    const [program = '', ...rest] = this.mostFileKb === null ? command : limited
    const child = spawn(program, rest, { cwd: folder, env })
    this.#ends.push(() => child.kill('SIGKILL'))
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
    return { child, ended }
  }

  jacquard(...args: string[]): Promise<Ended> {
    return this.start(...args).ended
  }

  /** A provider on loopback that answers all calls alike, bound to the tier `near`. */
  async provider(answer: ProviderAnswer): Promise<Provider> {
    const provider = await startProvider(({ prompt }) => ({ text: `re: ${prompt}`, ...answer }))
    this.#ends.push(() => void provider.close())
    const tier = `backend: openai-compatible, baseUrl: "${provider.origin}/v1", model: m, apiKeyEnv: TEST_KEY`
    this.write('jacquard.yaml', `tiers:\n  near: { ${tier}, price: { input: 1, output: 1 } }\n`)
    return provider
  }

  end(): void {
    for (const end of this.#ends) end()
    rmSync(this.folder, { recursive: true, maxRetries: 3 })
  }
}

/** Lines of JSON as values. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
