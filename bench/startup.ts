import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The last row of DESIGN's budgets: from the start of `jacquard run` to its first request.
 *   node bench/startup.ts [rounds]
 * Once through scripts/jacquard.mjs, as a person starts it, and once with Node 24 directly.
 */
const rounds = Number(process.argv[2] ?? 10)
const root = join(import.meta.dirname, '..')
const commands = {
  'scripts/jacquard.mjs': [join(root, 'scripts', 'jacquard.mjs')],
  'app/cli/main.ts': ['--disable-warning=ExperimentalWarning', join(root, 'app', 'cli', 'main.ts')],
}

const answer = JSON.stringify({
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'ok' } }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
})
let firstRequestAt: number | null = null
let launches = 0
const server = createServer((request, response) => {
  firstRequestAt ??= performance.now()
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const workspace = await mkdtemp(join(tmpdir(), 'jacquard-startup-'))
try {
  await fillWorkspace()
  for (const [name, command] of Object.entries(commands)) {
    await timeToFirstRequest(command)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await timeToFirstRequest(command))
    times.sort((a, b) => a - b)
    const [best, median] = [times[0], times[Math.floor(times.length / 2)]]
    process.stdout.write(`${name}: first request after ${best} ms at best, ${median} ms in the median (≤ 300)\n`)
  }
} finally {
  server.close()
  await rm(workspace, { recursive: true })
}

async function timeToFirstRequest(command: readonly string[]): Promise<number> {
  // What was asked before is answered from memory.
  await writeFile(join(workspace, 'one.jsonl'), `{"text":"question ${launches++}"}\n`)
  firstRequestAt = null
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...command, 'run', 'one.chain.yaml', '--quiet'], {
    cwd: workspace,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'close')
  if (firstRequestAt === null) throw new Error('No request came.')
  return Math.round(firstRequestAt - startedAt)
}

async function fillWorkspace(): Promise<void> {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const tier = `{ backend: openai-compatible, baseUrl: "http://127.0.0.1:${port}/v1", model: m, price: { input: 1, output: 1 } }`
  await writeFile(join(workspace, 'jacquard.yaml'), `tiers:\n  near: ${tier}\n`)
  await writeFile(
    join(workspace, 'one.chain.yaml'),
    `jacquard: 1
source: { jsonl: one.jsonl }
stages:
  say: { kind: model, tier: near, prompt: "{{ item.text }}" }
sink: { jsonl: results.jsonl }
`,
  )
}
