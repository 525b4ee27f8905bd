import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace, jsonLines } from '../testing/cliWorkspace.ts'
import type { Provider, ProviderCall } from '../testing/provider.ts'

let workspace: CliWorkspace
beforeEach(() => {
  workspace = new CliWorkspace()
})
afterEach(() => workspace.end())

const ASK = `
source: { jsonl: many.jsonl }
stages:
  ask: { kind: model, tier: near, prompt: "{{ item.text }}", retry: { attempts: 1 } }
sink: { jsonl: results/ask.jsonl }
`

function manyItems(count: number): void {
  const items = Array.from({ length: count }, (_, index) => JSON.stringify({ text: `item ${index}` }))
  workspace.write('many.jsonl', `${items.join('\n')}\n`)
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** For each prompt how often it was asked. */
function timesAsked(calls: readonly ProviderCall[]): number[] {
  const times = new Map<string, number>()
  for (const { prompt } of calls) times.set(prompt, (times.get(prompt) ?? 0) + 1)
  return [...times.values()]
}

describe('a run that is stopped on its way', () => {
  let provider: Provider

  it('pauses at Ctrl-C, exits with 130 and is completed by --resume without asking anything twice', async () => {
    provider = await workspace.provider({ delayMs: 100 })
    manyItems(30)
    const chain = workspace.chain('ask', ASK)
    const first = workspace.start('run', chain, '--max-concurrent', '4')
    await until(() => provider.calls.length >= 8)
    first.child.kill('SIGINT')
    const { code, stderr } = await first.ended
    expect(code).toBe(130)
    expect(stderr).toContain('Pausing: calls in flight are awaited')
    const run = /--resume (\w+)/.exec(stderr)?.[1]
    expect(
      jsonLines(workspace.read('results/ask.jsonl')).filter(({ status }) => status === 'waiting').length,
    ).toBeGreaterThan(10)

    const second = await workspace.jacquard('run', chain, '--resume', String(run), '--json')
    expect(second.code).toBe(0)
    expect(JSON.parse(second.stdout)).toMatchObject({ run, status: 'completed', items: 30, succeeded: 30 })
    expect(timesAsked(provider.answered)).toEqual(Array.from({ length: 30 }, () => 1))
    expect(jsonLines(workspace.read('results/ask.jsonl')).map(({ index }) => index)).toEqual(
      Array.from({ length: 30 }, (_, i) => i),
    )
  })

  it('ends at once at the second Ctrl-C', async () => {
    provider = await workspace.provider({ delayMs: 20_000 })
    manyItems(3)
    const { child, ended } = workspace.start('run', workspace.chain('ask', ASK))
    await until(() => provider.calls.length === 3)
    child.kill('SIGINT')
    setTimeout(() => child.kill('SIGINT'), 200)
    expect((await ended).code).toBe(130)
  })

  it('goes on after kill -9 where it stood: only what was in flight is asked again', async () => {
    provider = await workspace.provider({ delayMs: 50 })
    manyItems(60)
    const chain = workspace.chain('ask', ASK)
    const first = workspace.start('run', chain, '--max-concurrent', '4')
    await until(() => provider.calls.length >= 20)
    first.child.kill('SIGKILL')
    await first.ended
    expect(JSON.parse((await workspace.jacquard('runs', '--json')).stdout)).toMatchObject([{ status: 'interrupted' }])

    const { code, stderr } = await workspace.jacquard('run', chain, '--resume', 'last')
    expect(stderr).toContain('✓ Completed: 60 of 60 items succeeded')
    expect(code).toBe(0)
    // Twice at the most, and only what was in flight, or answered within the last 50 ms and not on disk yet.
    const twice = timesAsked(provider.calls).filter((times) => times > 1)
    expect(twice.length).toBeLessThanOrEqual(8)
    expect(twice.every((times) => times === 2)).toBe(true)
    expect(jsonLines(workspace.read('results/ask.jsonl')).every(({ status }) => status === 'succeeded')).toBe(true)
  })

  it('exits with 3 and the reason when the key is refused, after a handful of calls', async () => {
    provider = await workspace.provider({ delayMs: 10, status: 401 })
    manyItems(200)
    const { code, stderr } = await workspace.jacquard('run', workspace.chain('ask', ASK))
    expect(code).toBe(3)
    expect(stderr).toMatch(/Paused: 0 of 200 items succeeded/)
    expect(stderr).toMatch(/Why .*key/i)
    expect(stderr).toMatch(/Go on +jacquard run chains\/ask\.chain\.yaml --resume \w+/)
    expect(provider.calls.length).toBeLessThan(20)
  })

  it('exits with 3 when its budget is spent', async () => {
    provider = await workspace.provider({ delayMs: 10 })
    manyItems(50)
    const { code, stdout } = await workspace.jacquard(
      'run',
      workspace.chain('ask', ASK),
      '--budget-usd',
      '0.0003',
      '--json',
    )
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
    provider = await workspace.provider({ delayMs: 50 })
    manyItems(100)
    const { child, ended } = workspace.start(
      'run',
      workspace.chain('ask', ASK),
      '--output',
      '-',
      '--max-concurrent',
      '2',
    )
    child.stdout?.once('data', () => child.stdout?.destroy())
    const { code, stderr } = await ended
    expect(code).toBe(3)
    expect(stderr).toContain('The reader of the results has gone: the run is paused.')
    expect(stderr).not.toContain('EPIPE')
    expect(provider.calls.length).toBeLessThan(100)
  })

  it('uses the tier that --tier names', async () => {
    provider = await workspace.provider({ delayMs: 0 })
    manyItems(2)
    const chain = workspace.chain('ask', ASK.replace('near', 'frontier'))
    expect((await workspace.jacquard('run', chain, '--tier', 'ask=near')).code).toBe(0)
    expect(provider.calls.map(({ prompt }) => prompt).toSorted()).toEqual(['item 0', 'item 1'])
    const unknown = await workspace.jacquard('run', chain, '--tier', 'ask=far')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('far')
  })
})
