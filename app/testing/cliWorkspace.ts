import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAIN = join(import.meta.dirname, '..', 'cli', 'main.ts')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A workspace in a temporary folder, and real `jacquard` processes in it. */
export class CliWorkspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'jacquard-cli-')))
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
    }
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
      cwd: folder,
      env,
    })
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

  /**
   * A provider on loopback, bound to the tier `near`: answers every prompt after `delayMs` with `status`. Gives the list
   * of the prompts that it was asked, which grows.
   */
  async provider(delayMs: number, status = 200): Promise<readonly string[]> {
    const prompts: string[] = []
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (bytes: Buffer) => (body += bytes.toString()))
      request.on('end', () => {
        const { messages } = JSON.parse(body) as { messages: { content: string }[] }
        const prompt = messages.at(-1)?.content ?? ''
        prompts.push(prompt)
        setTimeout(() => {
          response.writeHead(status, { 'content-type': 'application/json' })
          response.end(JSON.stringify(status === 200 ? answerTo(prompt) : { error: { message: 'Not with this key.' } }))
        }, delayMs)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.#ends.push(() => {
      server.close()
      server.closeAllConnections()
    })
    const { port } = server.address() as AddressInfo
    const tier = `backend: openai-compatible, baseUrl: "http://127.0.0.1:${port}/v1", model: m, apiKeyEnv: TEST_KEY`
    this.write('jacquard.yaml', `tiers:\n  near: { ${tier}, price: { input: 1, output: 1 } }\n`)
    return prompts
  }

  end(): void {
    for (const end of this.#ends) end()
    rmSync(this.folder, { recursive: true, maxRetries: 3 })
  }
}

function answerTo(prompt: string) {
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `re: ${prompt}` } }]
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  return { id: 'x', object: 'chat.completion', created: 0, model: 'm', choices, usage }
}

/** Lines of JSON as values. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
