import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace } from '../testing/cliWorkspace.ts'
import type { Provider } from '../testing/provider.ts'

let workspace: CliWorkspace
let provider: Provider
beforeEach(async () => {
  workspace = new CliWorkspace()
  provider = await workspace.provider({ usage: { input: 100, output: 20 } })
  const lines = Array.from({ length: 40 }, (_, n) =>
    JSON.stringify({ text: `text ${n} ${'word '.repeat(1 + (n % 9))}` }),
  )
  workspace.write('items.jsonl', `${lines.join('\n')}\n`)
})
afterEach(() => workspace.end())

const CHAIN = `
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: near, prompt: "{{ item.text }}" }
`

describe('jacquard estimate', () => {
  it('says what all items cost from a sample that the launch does not pay for again', async () => {
    const chain = workspace.chain('ask', CHAIN)
    const { code, stdout } = await workspace.jacquard('estimate', chain, '--sample', '5', '--json')
    expect(code).toBe(0)
    const told = JSON.parse(stdout) as { tiers: Record<string, { costUsd: { p10: number; p50: number; p90: number } }> }
    expect(told).toMatchObject({
      items: 40,
      sample: 5,
      tiers: { 'as-drawn': { unknownPrice: false, inputTokens: { p50: expect.any(Number) } } },
      stages: { ask: { tier: 'near', unknownPrice: false } },
    })
    expect(provider.calls).toHaveLength(5)
    // 120 tokens an item at a dollar a million.
    const cost = told.tiers['as-drawn']?.costUsd
    expect(Math.abs((cost?.p50 ?? 0) / (40 * 0.00012) - 1)).toBeLessThan(0.05)
    expect(cost?.p10).toBeLessThanOrEqual(40 * 0.00012)
    expect(cost?.p90).toBeGreaterThanOrEqual(40 * 0.00012)
    const run = await workspace.jacquard('run', chain, '--json')
    expect(JSON.parse(run.stdout)).toMatchObject({ succeeded: 40 })
    expect(provider.calls).toHaveLength(40)
  })
  it('is a table for people', async () => {
    const { code, stdout } = await workspace.jacquard('estimate', workspace.chain('ask', CHAIN), '--sample', '4')
    expect(code).toBe(0)
    expect(stdout).toContain('40 items')
    expect(stdout).toMatch(/Rests on 4 sampled items/)
    expect(stdout).toMatch(/as-drawn\s+\$0\.00\d+/)
  })
  it('refuses a tier that is not there, before anything is asked', async () => {
    const ended = await workspace.jacquard('estimate', workspace.chain('ask', CHAIN), '--tiers', 'far')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('far')
    expect(provider.calls).toEqual([])
  })
})
