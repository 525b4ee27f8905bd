import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')

let folder: string
const running = new Set<ChildProcess>()

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'jacquard-cli-')))
  for (const name of ['chains', 'inputs']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'jacquard.yaml'), '')
  for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, 'inputs', `${name}.txt`), `text of ${name}`)
})

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, maxRetries: 3 })
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A real `jacquard` process in the workspace's folder, with nothing of this machine's environment in it. */
function start(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_HOME: folder, TZ: 'UTC', NO_COLOR: '1', TEST_KEY: 'k' }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], { cwd: folder, env })
  running.add(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, stdout, stderr })
    }),
  )
  return { child, ended }
}

function jacquard(...args: string[]): Promise<Ended> {
  return start(...args).ended
}

function aChain(name: string, text: string): string {
  writeFileSync(join(folder, 'chains', `${name}.chain.yaml`), `jacquard: 1\nname: ${name}\n${text}`)
  return `chains/${name}.chain.yaml`
}

const SHOUT = `
params: { mark: "!", times: 1 }
source: { folder: inputs }
stages:
  loud:
    kind: transform
    value: { text: "{{ $uppercase(item.text) }}{{ params.mark }}", times: "{{ params.times }}" }
sink: { jsonl: results/shout.jsonl }
`

/** Fails on the item whose text says so. */
const PICKY = `
source: { folder: inputs }
stages:
  check: { kind: transform, value: "{{ item.text = 'text of b' ? $error('b is not wanted') : 'fine' }}" }
sink: { jsonl: results/picky.jsonl }
`

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

function resultsOf(file: string): Record<string, unknown>[] {
  return lines(readFileSync(join(folder, file), 'utf8'))
}

describe('jacquard run', () => {
  it('writes one line an item in input order and says where they are', async () => {
    const { code, stdout, stderr } = await jacquard('run', aChain('shout', SHOUT))
    expect(stderr).toContain('✓ Completed: 3 of 3 items succeeded')
    expect(stderr).toContain('results/shout.jsonl')
    expect(stdout).toBe('')
    expect(code).toBe(0)
    expect(resultsOf('results/shout.jsonl').map(({ key, status }) => [key, status])).toEqual([
      ['a.txt', 'succeeded'],
      ['b.txt', 'succeeded'],
      ['c.txt', 'succeeded'],
    ])
  })

  it('prints one JSON document on standard output with --json', async () => {
    const { code, stdout } = await jacquard('run', aChain('shout', SHOUT), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      items: 3,
      succeeded: 3,
      failed: 0,
      skipped: 0,
      cancelled: 0,
      output: 'results/shout.jsonl',
    })
  })

  it('streams the lines to standard output with --output -, and writes no file', async () => {
    const { code, stdout, stderr } = await jacquard('run', aChain('shout', SHOUT), '--output', '-', '--quiet')
    expect(lines(stdout).map(({ index }) => index)).toEqual([0, 1, 2])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(() => readFileSync(join(folder, 'results', 'shout.jsonl'))).toThrow('ENOENT')
  })

  it('takes inputs, params, a limit and a destination from the command line', async () => {
    writeFileSync(join(folder, 'more.jsonl'), '{"text":"one"}\n{"text":"two"}\n{"text":"three"}\n')
    const chain = aChain('shout', SHOUT)
    const options = ['--inputs', 'more.jsonl', '--limit', '2', '--param', 'mark=?', '--param', 'times=7']
    const { code } = await jacquard('run', chain, ...options, '--output', 'out.jsonl')
    expect(code).toBe(0)
    expect(resultsOf('out.jsonl').map(({ output }) => output)).toEqual([
      { loud: { text: 'ONE?', times: 7 } },
      { loud: { text: 'TWO?', times: 7 } },
    ])
  })

  it('exits with 1 where an item failed, groups failures by kind and names the command that retries them', async () => {
    const { code, stderr } = await jacquard('run', aChain('picky', PICKY))
    expect(code).toBe(1)
    expect(stderr).toContain('✕ Completed: 2 of 3 items succeeded, 1 failed')
    expect(stderr).toMatch(/1 expression\n\s+such as b\.txt, check: .*b is not wanted/)
    expect(stderr).toMatch(/jacquard run chains\/picky\.chain\.yaml --retry-failed \w+/)
  })

  it('asks again for what failed, and for nothing else', async () => {
    const chain = aChain('picky', PICKY)
    await jacquard('run', chain)
    writeFileSync(join(folder, 'inputs', 'b.txt'), 'changed')
    const { code, stdout } = await jacquard('run', chain, '--retry-failed', 'last', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', items: 3, succeeded: 3, failed: 0 })
    expect(code).toBe(0)
    expect(resultsOf('results/picky.jsonl').map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ])
  })

  it('exits with 2 for a broken chain, with file, line, column and path of every error', async () => {
    const chain = aChain('broken', 'stages:\n  draft:\n    kind: model\n    promt: "{{ item.text }}"\n')
    const { code, stderr, stdout } = await jacquard('run', chain)
    expect(stderr).toBe(
      'chains/broken.chain.yaml:6:5 stages.draft.promt: Unknown key `promt`; did you mean `prompt`?\n',
    )
    expect([code, stdout]).toEqual([2, ''])
  })

  it.each([
    [['run', 'chains/none.chain.yaml'], 'There is no file chains/none.chain.yaml'],
    [['run', 'chains/shout.chain.yaml', '--inputs', 'none'], '--inputs: there is no file or folder none'],
    [['run', 'chains/shout.chain.yaml', '--tier', 'lod=local'], 'has no model stage'],
    [['run', 'chains/shout.chain.yaml', '--param', 'marks=x'], 'did you mean `mark`?'],
    [['run', 'chains/shout.chain.yaml', '--output', 'out.xlsx'], 'written as .jsonl or .csv'],
    [['run', 'chains/shout.chain.yaml', '--resume', 'last'], 'There is no run'],
    [['run', 'chains/shout.chain.yaml', '--resume', 'last', '--limit', '3'], 'leave out --limit'],
    [['run', 'chains/shout.chain.yaml', '--no-memory'], "unknown option '--no-memory'"],
    [['run', 'chains/shout.chain.yaml', '--max-concurrent', 'many'], 'a whole number from 1 on, or `unbounded`'],
    [['show', '01ABC'], 'There are no runs in'],
    [['test', 'chains/shout.chain.yaml'], '--item <file|json>'],
    [['estimate', 'chains/shout.chain.yaml'], "unknown command 'estimate'"],
  ])('exits with 2 and a sentence for %j', async (args, sentence) => {
    aChain('shout', SHOUT)
    const { code, stdout, stderr } = await jacquard(...args)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect([code, stdout]).toEqual([2, ''])
  })
})

/** A provider on loopback that answers every prompt after `delayMs` and remembers what it was asked. */
async function aProvider(delayMs: number, status = 200): Promise<{ prompts: string[]; server: Server }> {
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
        const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `re: ${prompt}` } }]
        const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
        const answer = { id: 'x', object: 'chat.completion', created: 0, model: 'm', choices, usage }
        response.end(JSON.stringify(status === 200 ? answer : { error: { message: 'Not with this key.' } }))
      }, delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const tier = `backend: openai-compatible, baseUrl: "http://127.0.0.1:${port}/v1", model: m, apiKeyEnv: TEST_KEY`
  writeFileSync(join(folder, 'jacquard.yaml'), `tiers:\n  near: { ${tier}, price: { input: 1, output: 1 } }\n`)
  return { prompts, server }
}

const ASK = `
source: { jsonl: many.jsonl }
stages:
  ask: { kind: model, tier: near, prompt: "{{ item.text }}", retry: { attempts: 1 } }
sink: { jsonl: results/ask.jsonl }
`

function manyItems(count: number): void {
  const items = Array.from({ length: count }, (_, index) => JSON.stringify({ text: `item ${index}` }))
  writeFileSync(join(folder, 'many.jsonl'), `${items.join('\n')}\n`)
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('a run that is stopped on its way', () => {
  let provider: Awaited<ReturnType<typeof aProvider>>
  afterEach(() => provider.server.close())

  it('pauses at Ctrl-C, exits with 130 and is completed by --resume without asking anything twice', async () => {
    provider = await aProvider(100)
    manyItems(30)
    const chain = aChain('ask', ASK)
    const first = start('run', chain, '--max-concurrent', '4')
    await until(() => provider.prompts.length >= 8)
    first.child.kill('SIGINT')
    const { code, stderr } = await first.ended
    expect(code).toBe(130)
    expect(stderr).toContain('Pausing: calls in flight are awaited')
    const run = /--resume (\w+)/.exec(stderr)?.[1]
    expect(resultsOf('results/ask.jsonl').filter(({ status }) => status === 'waiting').length).toBeGreaterThan(10)

    const second = await jacquard('run', chain, '--resume', String(run), '--json')
    expect(second.code).toBe(0)
    expect(JSON.parse(second.stdout)).toMatchObject({ run, status: 'completed', items: 30, succeeded: 30 })
    expect(provider.prompts.toSorted()).toEqual([...new Set(provider.prompts)].toSorted())
    expect(resultsOf('results/ask.jsonl').map(({ index }) => index)).toEqual(Array.from({ length: 30 }, (_, i) => i))
  })

  it('ends at once at the second Ctrl-C', async () => {
    provider = await aProvider(20_000)
    manyItems(3)
    const { child, ended } = start('run', aChain('ask', ASK))
    await until(() => provider.prompts.length === 3)
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 200)
    expect((await ended).code).toBe(130)
  })

  it('goes on after kill -9 where it stood: only what was in flight is asked again', async () => {
    provider = await aProvider(50)
    manyItems(60)
    const chain = aChain('ask', ASK)
    const first = start('run', chain, '--max-concurrent', '4')
    await until(() => provider.prompts.length >= 20)
    first.child.kill('SIGKILL')
    await first.ended
    expect(JSON.parse((await jacquard('runs', '--json')).stdout)).toMatchObject([{ status: 'interrupted' }])

    const { code, stderr } = await jacquard('run', chain, '--resume', 'last')
    expect(stderr).toContain('✓ Completed: 60 of 60 items succeeded')
    expect(code).toBe(0)
    // Twice: the four in flight, and those answered within the last 50 ms, which were not on disk yet.
    expect(provider.prompts.length - new Set(provider.prompts).size).toBeLessThanOrEqual(8)
    expect(resultsOf('results/ask.jsonl').every(({ status }) => status === 'succeeded')).toBe(true)
  })

  it('exits with 3 and the reason when the key is refused, after a handful of calls', async () => {
    provider = await aProvider(10, 401)
    manyItems(200)
    const { code, stderr } = await jacquard('run', aChain('ask', ASK))
    expect(code).toBe(3)
    expect(stderr).toMatch(/Paused: 0 of 200 items succeeded/)
    expect(stderr).toMatch(/Why .*key/i)
    expect(stderr).toMatch(/Go on +jacquard run chains\/ask\.chain\.yaml --resume \w+/)
    expect(provider.prompts.length).toBeLessThan(20)
  })

  it('exits with 3 when its budget is spent', async () => {
    provider = await aProvider(10)
    manyItems(50)
    const { code, stdout } = await jacquard('run', aChain('ask', ASK), '--budget-usd', '0.0003', '--json')
    expect(code).toBe(3)
    const document = JSON.parse(stdout) as {
      status: string
      costUsd: number
      waiting: number
      reason: { kind: string }
    }
    expect(document).toMatchObject({ status: 'paused', reason: { kind: 'budget' } })
    expect(document.waiting).toBeGreaterThan(0)
    expect(document.costUsd).toBeLessThanOrEqual(0.0003)
  })

  it('pauses when the reader of its results goes away, and says nothing of a broken pipe', async () => {
    provider = await aProvider(50)
    manyItems(100)
    const { child, ended } = start('run', aChain('ask', ASK), '--output', '-', '--max-concurrent', '2')
    child.stdout?.once('data', () => child.stdout?.destroy())
    const { code, stderr } = await ended
    expect(code).toBe(3)
    expect(stderr).toContain('The reader of the results has gone: the run is paused.')
    expect(stderr).not.toContain('EPIPE')
    expect(provider.prompts.length).toBeLessThan(100)
  })

  it('uses the tier that --tier names', async () => {
    provider = await aProvider(0)
    manyItems(2)
    const chain = aChain('ask', ASK.replace('near', 'frontier'))
    expect((await jacquard('run', chain, '--tier', 'ask=near')).code).toBe(0)
    expect(provider.prompts.toSorted()).toEqual(['item 0', 'item 1'])
    const unknown = await jacquard('run', chain, '--tier', 'ask=far')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('far')
  })
})

describe('jacquard test', () => {
  it('prints every stage of one item, of a file or of JSON', async () => {
    const chain = aChain('shout', SHOUT)
    const ofFile = await jacquard('test', chain, '--item', 'inputs/b.txt')
    expect(ofFile.stdout).toContain('✓ loud succeeded')
    expect(ofFile.stdout).toContain('"text": "TEXT OF B!"')
    expect(ofFile.code).toBe(0)
    const ofJson = await jacquard('test', chain, '--item', '{"text":"x"}', '--param', 'mark=?', '--json')
    expect(JSON.parse(ofJson.stdout)).toMatchObject({ status: 'succeeded', output: { loud: { text: 'X?' } } })
  })

  it('shows prompt, answer and play money of a simulated model', async () => {
    const chain = aChain(
      'sum',
      'stages:\n  sum: { kind: model, tier: frontier, prompt: "Summarise: {{ item.text }}" }\n',
    )
    const { code, stdout } = await jacquard('test', chain, '--item', '{"text":"The loom weaves. It is old."}')
    expect(stdout).toContain('Summarise: The loom weaves. It is old.')
    expect(stdout).toMatch(/sum succeeded · frontier .*tokens in, .* out · \$[\d.]+ play money/)
    expect(code).toBe(0)
  })

  it('exits with 1 when the item fails', async () => {
    const { code, stdout } = await jacquard('test', aChain('picky', PICKY), '--item', 'inputs/b.txt')
    expect(stdout).toContain('✕ check: expression: ')
    expect(code).toBe(1)
  })
})

describe('jacquard validate', () => {
  it('lists the problems of every chain by line and exits with 2', async () => {
    const broken = aChain('broken', 'stages:\n  a: { kind: transform, value: "{{ c }}", after: [b] }\n  b: {}\n')
    const cyclic = aChain('cyclic', 'stages:\n  a: { kind: transform, value: "{{ nothere.x }}" }\n')
    const { code, stdout, stderr } = await jacquard('validate', broken, cyclic, aChain('shout', SHOUT))
    expect(stdout).toMatch(/^chains\/broken\.chain\.yaml:5:\d+ stages\.b/m)
    expect(stdout).toMatch(/^chains\/cyclic\.chain\.yaml:4:\d+ stages\.a\.value: Unknown name `nothere`/m)
    expect(stderr).toContain('2 errors')
    expect(code).toBe(2)
  })

  it('knows the tiers of the workspace', async () => {
    const chain = aChain('tier', 'stages:\n  a: { kind: model, tier: huge, prompt: x }\n')
    const { code, stdout } = await jacquard('validate', chain, '--json')
    expect(JSON.parse(stdout)).toMatchObject([
      { file: chain, valid: false, problems: [{ path: ['stages', 'a', 'tier'], line: 4 }] },
    ])
    expect(code).toBe(2)
  })

  it('exits with 0 for a chain that can run', async () => {
    expect((await jacquard('validate', aChain('shout', SHOUT))).code).toBe(0)
  })
})

describe('jacquard runs, show and export', () => {
  it('list, show and export what was run', async () => {
    const chain = aChain('picky', PICKY)
    await jacquard('run', aChain('shout', SHOUT))
    await jacquard('run', chain)
    const listed = JSON.parse((await jacquard('runs', '--json')).stdout) as { run: string }[]
    expect(listed).toMatchObject([
      { chain, status: 'completed', items: 3, succeeded: 2, failed: 1 },
      { chain: 'chains/shout.chain.yaml', items: 3, failed: 0 },
    ])
    const run = listed[0]?.run ?? ''
    expect((await jacquard('runs')).stdout).toContain(run)

    const shown = await jacquard('show', run.toLowerCase())
    expect(shown.stdout).toContain('2 of 3 items succeeded, 1 failed')
    expect(shown.stdout).toMatch(/1 {2}b\.txt {2}check {2}expression/)
    const item = await jacquard('show', 'last', '--item', 'b.txt')
    expect(item.stdout).toContain('b is not wanted')
    expect(item.stdout).toEqual((await jacquard('show', run, '--item', '1')).stdout)

    const csv = await jacquard('export', 'last', '--format', 'csv', '--output', 'picky.csv')
    expect(csv.code).toBe(0)
    expect(readFileSync(join(folder, 'picky.csv'), 'utf8').split('\n')[0]).toContain('status')
    const streamed = await jacquard('export', 'last', '--format', 'jsonl', '--output', '-')
    expect(lines(streamed.stdout).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded'])
  })

  it('do not make a workspace of a folder that is none', async () => {
    const { code, stdout } = await jacquard('runs', '--json', '--workspace', 'inputs')
    expect([code, stdout]).toEqual([0, '[]\n'])
    expect(() => readFileSync(join(folder, 'inputs', '.jacquard'))).toThrow('ENOENT')
  })
})
