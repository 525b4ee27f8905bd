import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace, jsonLines } from '../testing/cliWorkspace.ts'

let workspace: CliWorkspace
beforeEach(() => {
  workspace = new CliWorkspace()
})
afterEach(() => workspace.end())

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

describe('jacquard run', () => {
  it('writes one line an item in input order and says where they are', async () => {
    const { code, stdout, stderr } = await workspace.jacquard('run', workspace.chain('shout', SHOUT))
    expect(stderr).toContain('✓ Completed: 3 of 3 items succeeded')
    expect(stderr).toContain('results/shout.jsonl')
    expect(stdout).toBe('')
    expect(code).toBe(0)
    expect(jsonLines(workspace.read('results/shout.jsonl')).map(({ key, status }) => [key, status])).toEqual([
      ['a.txt', 'succeeded'],
      ['b.txt', 'succeeded'],
      ['c.txt', 'succeeded'],
    ])
  })

  it('prints one JSON document on standard output with --json', async () => {
    const { code, stdout } = await workspace.jacquard('run', workspace.chain('shout', SHOUT), '--json')
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
    const { code, stdout, stderr } = await workspace.jacquard(
      'run',
      workspace.chain('shout', SHOUT),
      '--output',
      '-',
      '--quiet',
    )
    expect(jsonLines(stdout).map(({ index }) => index)).toEqual([0, 1, 2])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(() => workspace.read('results/shout.jsonl')).toThrow('ENOENT')
  })

  it('takes inputs, params, a limit and a destination from the command line', async () => {
    workspace.write('more.jsonl', '{"text":"one"}\n{"text":"two"}\n{"text":"three"}\n')
    const chain = workspace.chain('shout', SHOUT)
    const options = ['--inputs', 'more.jsonl', '--limit', '2', '--param', 'mark=?', '--param', 'times=7']
    const { code } = await workspace.jacquard('run', chain, ...options, '--output', 'out.jsonl')
    expect(code).toBe(0)
    expect(jsonLines(workspace.read('out.jsonl')).map(({ output }) => output)).toEqual([
      { loud: { text: 'ONE?', times: 7 } },
      { loud: { text: 'TWO?', times: 7 } },
    ])
  })

  it('exits with 1 where an item failed, groups failures by kind and names the command that retries them', async () => {
    const { code, stderr } = await workspace.jacquard('run', workspace.chain('picky', PICKY))
    expect(code).toBe(1)
    expect(stderr).toContain('✕ Completed: 2 of 3 items succeeded, 1 failed')
    expect(stderr).toMatch(/1 expression\n\s+such as b\.txt, check: .*b is not wanted/)
    expect(stderr).toMatch(/jacquard run chains\/picky\.chain\.yaml --retry-failed \w+/)
  })

  it('asks again for what failed, and for nothing else', async () => {
    const chain = workspace.chain('picky', PICKY)
    await workspace.jacquard('run', chain)
    workspace.write('inputs/b.txt', 'changed')
    const { code, stdout } = await workspace.jacquard('run', chain, '--retry-failed', 'last', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', items: 3, succeeded: 3, failed: 0 })
    expect(code).toBe(0)
    expect(jsonLines(workspace.read('results/picky.jsonl')).map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ])
  })

  it('exits with 2 for a broken chain, with file, line, column and path of every error', async () => {
    const chain = workspace.chain('broken', 'stages:\n  draft:\n    kind: model\n    promt: "{{ item.text }}"\n')
    const { code, stderr, stdout } = await workspace.jacquard('run', chain)
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
    [['run', 'chains/shout.chain.yaml', '--resume', 'last', '--no-memory'], 'leave out --no-memory'],
    [['run', 'chains/shout.chain.yaml', '--max-concurrent', 'many'], 'a whole number from 1 on, or `unbounded`'],
    [['show', '01ABC'], 'There are no runs in'],
    [['test', 'chains/shout.chain.yaml'], '--item <file|json>'],
    [['weave', 'chains/shout.chain.yaml'], "unknown command 'weave'"],
  ])('exits with 2 and a sentence for %j', async (args, sentence) => {
    workspace.chain('shout', SHOUT)
    const { code, stdout, stderr } = await workspace.jacquard(...args)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect([code, stdout]).toEqual([2, ''])
  })
})

describe('jacquard test', () => {
  it('prints every stage of one item, of a file or of JSON', async () => {
    const chain = workspace.chain('shout', SHOUT)
    const ofFile = await workspace.jacquard('test', chain, '--item', 'inputs/b.txt')
    expect(ofFile.stdout).toContain('✓ loud succeeded')
    expect(ofFile.stdout).toContain('"text": "TEXT OF B!"')
    expect(ofFile.code).toBe(0)
    const ofJson = await workspace.jacquard('test', chain, '--item', '{"text":"x"}', '--param', 'mark=?', '--json')
    expect(JSON.parse(ofJson.stdout)).toMatchObject({ status: 'succeeded', output: { loud: { text: 'X?' } } })
  })

  it('shows prompt, answer and play money of a simulated model', async () => {
    const chain = workspace.chain(
      'sum',
      'stages:\n  sum: { kind: model, tier: frontier, prompt: "Summarise: {{ item.text }}" }\n',
    )
    const { code, stdout } = await workspace.jacquard('test', chain, '--item', '{"text":"The loom weaves. It is old."}')
    expect(stdout).toContain('Summarise: The loom weaves. It is old.')
    expect(stdout).toMatch(/sum succeeded · frontier .*tokens in, .* out · \$[\d.]+ play money/)
    expect(code).toBe(0)
  })

  it('exits with 1 when the item fails', async () => {
    const { code, stdout } = await workspace.jacquard('test', workspace.chain('picky', PICKY), '--item', 'inputs/b.txt')
    expect(stdout).toContain('✕ check: expression: ')
    expect(code).toBe(1)
  })
})

describe('jacquard validate', () => {
  it('lists the problems of every chain by line and exits with 2', async () => {
    const broken = workspace.chain(
      'broken',
      'stages:\n  a: { kind: transform, value: "{{ c }}", after: [b] }\n  b: {}\n',
    )
    const cyclic = workspace.chain('cyclic', 'stages:\n  a: { kind: transform, value: "{{ nothere.x }}" }\n')
    const { code, stdout, stderr } = await workspace.jacquard(
      'validate',
      broken,
      cyclic,
      workspace.chain('shout', SHOUT),
    )
    expect(stdout).toMatch(/^chains\/broken\.chain\.yaml:5:\d+ stages\.b/m)
    expect(stdout).toMatch(/^chains\/cyclic\.chain\.yaml:4:\d+ stages\.a\.value: Unknown name `nothere`/m)
    expect(stderr).toContain('2 errors')
    expect(code).toBe(2)
  })

  it('knows the tiers of the workspace', async () => {
    const chain = workspace.chain('tier', 'stages:\n  a: { kind: model, tier: huge, prompt: x }\n')
    const { code, stdout } = await workspace.jacquard('validate', chain, '--json')
    expect(JSON.parse(stdout)).toMatchObject([
      { file: chain, valid: false, problems: [{ path: ['stages', 'a', 'tier'], line: 4 }] },
    ])
    expect(code).toBe(2)
  })

  it('exits with 0 for a chain that can run', async () => {
    expect((await workspace.jacquard('validate', workspace.chain('shout', SHOUT))).code).toBe(0)
  })
})

describe('jacquard runs, show and export', () => {
  it('list, show and export what was run', async () => {
    const chain = workspace.chain('picky', PICKY)
    await workspace.jacquard('run', workspace.chain('shout', SHOUT))
    await workspace.jacquard('run', chain)
    const listed = JSON.parse((await workspace.jacquard('runs', '--json')).stdout) as { run: string }[]
    expect(listed).toMatchObject([
      { chain, status: 'completed', items: 3, succeeded: 2, failed: 1 },
      { chain: 'chains/shout.chain.yaml', items: 3, failed: 0 },
    ])
    const run = listed[0]?.run ?? ''
    expect((await workspace.jacquard('runs')).stdout).toContain(run)

    const shown = await workspace.jacquard('show', run.toLowerCase())
    expect(shown.stdout).toContain('2 of 3 items succeeded, 1 failed')
    expect(shown.stdout).toMatch(/1 {2}b\.txt {2}check {2}expression/)
    const item = await workspace.jacquard('show', 'last', '--item', 'b.txt')
    expect(item.stdout).toContain('b is not wanted')
    expect(item.stdout).toEqual((await workspace.jacquard('show', run, '--item', '1')).stdout)

    const csv = await workspace.jacquard('export', 'last', '--format', 'csv', '--output', 'picky.csv')
    expect(csv.code).toBe(0)
    expect(workspace.read('picky.csv').split('\n')[0]).toContain('status')
    const streamed = await workspace.jacquard('export', 'last', '--format', 'jsonl', '--output', '-')
    expect(jsonLines(streamed.stdout).map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded'])
  })

  it('do not make a workspace of a folder that is none', async () => {
    const { code, stdout } = await workspace.jacquard('runs', '--json', '--workspace', 'inputs')
    expect([code, stdout]).toEqual([0, '[]\n'])
    expect(() => workspace.read('inputs/.jacquard')).toThrow('ENOENT')
  })
})

describe('jacquard serve', () => {
  const isBuilt = existsSync(join(import.meta.dirname, '..', '..', 'dist', 'renderer', 'index.html'))

  it.runIf(isBuilt)('prints its address, answers there and ends at Ctrl-C', async () => {
    const { child, ended } = workspace.start('serve', '--port', '0')
    const line = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (bytes: Buffer) => resolve(`${bytes}`)),
    )
    expect(line).toMatch(/^Jacquard is at http:\/\/127\.0\.0\.1:\d+\/\?token=\S+\n$/)
    const address = line.slice('Jacquard is at '.length).trim()
    const entered = await fetch(address, { redirect: 'manual' })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await fetch(new URL('/', address), { headers: { cookie } })).status).toBe(200)
    expect((await fetch(new URL('/', address))).status).toBe(401)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 0, stdout: line })
  })

  it.skipIf(isBuilt)('says how to build the workshop where that has not been done', async () => {
    const { code, stderr } = await workspace.jacquard('serve')
    expect(stderr).toContain('npm run build')
    expect(code).toBe(2)
  })
})
