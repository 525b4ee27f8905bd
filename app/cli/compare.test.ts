import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CliWorkspace } from '../testing/cliWorkspace.ts'
import { type Provider, type ProviderAnswer, type ProviderCall, startProvider } from '../testing/provider.ts'

let workspace: CliWorkspace
let provider: Provider | null = null
beforeEach(() => {
  workspace = new CliWorkspace()
})
afterEach(async () => {
  workspace.end()
  await provider?.close()
  provider = null
})

/** Three tiers at one provider, of rising price. */
async function bind(answer: (call: ProviderCall) => ProviderAnswer): Promise<Provider> {
  provider = await startProvider(answer)
  const { origin } = provider
  const tier = (name: string, price: number | null) => {
    const binding = `backend: openai-compatible, baseUrl: "${origin}/v1", model: ${name}, apiKeyEnv: TEST_KEY`
    return `  ${name}: { ${binding}${price === null ? '' : `, price: { input: ${price}, output: ${price} }`} }`
  }
  const tiers = [tier('small', 1), tier('large', 100), tier('house', null), '  closed: { backend: openai, model: m }']
  workspace.write('jacquard.yaml', `tiers:\n${tiers.join('\n')}\n`)
  return provider
}

function items(count: number): void {
  for (let index = 0; index < count; index++)
    workspace.write(`inputs/${String.fromCharCode(97 + index)}.txt`, `text ${index}`)
}

const CHAIN = `
source: { folder: inputs }
stages:
  label:
    kind: model
    tier: large
    prompt: "label {{ item.text }}"
    repair: 0
    output: { type: object, required: [label], properties: { label: { type: string } } }
  reply: { kind: model, tier: large, prompt: "reply {{ label.label }}" }
output: { label: "{{ label.label }}", reply: "{{ reply }}" }
`

function right({ prompt }: ProviderCall): ProviderAnswer {
  return { text: prompt.startsWith('label') ? JSON.stringify({ label: prompt.slice(6) }) : prompt }
}

interface Printed {
  readonly items: readonly string[]
  readonly variants: readonly string[]
  readonly cells: readonly Record<string, unknown>[]
  readonly summary: Readonly<Record<string, Record<string, unknown>>>
  readonly recommended: string | null
  readonly why: string
  readonly stages: Readonly<Record<string, Record<string, unknown>>>
}

async function printed(...args: string[]): Promise<Printed & { code: number | null }> {
  const { code, stdout, stderr } = await workspace.jacquard('compare', ...args, '--json')
  if (stdout === '') throw new Error(stderr)
  return { ...(JSON.parse(stdout) as Printed), code }
}

describe('jacquard compare', () => {
  it('runs every item on every tier and recommends the cheapest that agrees with the last', async () => {
    await bind(right)
    items(8)
    const chain = workspace.chain('label', CHAIN)
    const compared = await printed(chain, '--tiers', 'small,as-drawn,large')
    expect(compared.code).toBe(0)
    expect(compared.items.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}.txt`))
    expect(compared.variants).toEqual(['small', 'as-drawn', 'large'])
    expect(compared.cells).toHaveLength(24)
    expect(compared.cells.slice(0, 3).map(({ item, variant }) => [item, variant])).toEqual(
      compared.variants.map((variant) => [compared.items[0], variant]),
    )
    expect(compared.cells[0]).toMatchObject({
      status: 'succeeded',
      output: { label: expect.stringContaining('text') },
      costUsd: 0.00003,
      attempts: 2,
      usage: { inputTokens: 20, outputTokens: 10 },
    })
    expect(compared.summary.small).toMatchObject({ valid: 1, agreement: 1, costUsdPer1000: 0.03 })
    expect(compared.summary.large).toMatchObject({ valid: 1, agreement: 1, costUsdPer1000: 3 })
    expect(compared.recommended).toBe('small')
    expect(compared.why).toBe('8 of 8 agree with large; could be as low as 68 %.')
    expect(compared.stages).toMatchObject({ label: { now: 'large', tier: 'small' }, reply: { tier: 'small' } })
  })

  it('keeps the better tier where the cheaper one says something else, and climbs where it fails its checks', async () => {
    await bind((call) => {
      if (call.model !== 'small' || !call.prompt.startsWith('label')) return right(call)
      return { text: call.prompt.endsWith('3') ? 'no object' : JSON.stringify({ label: call.prompt.slice(6) }) }
    })
    items(8)
    const compared = await printed(workspace.chain('label', CHAIN), '--tiers', 'small,large')
    expect(compared.code).toBe(1)
    expect(compared.summary.small).toMatchObject({ valid: 7 / 8, agreement: 7 / 8 })
    expect(compared.recommended).toBe('large')
    expect(compared.stages.label).toMatchObject({ tier: 'small', escalate: 'large' })
    const failed = compared.cells.filter(({ status }) => status === 'failed')
    expect(failed).toMatchObject([
      { variant: 'small', valid: false, error: { stage: 'label', kind: 'invalid_output' } },
    ])
  })

  it('compares one stage alone: what it builds on runs as it is drawn', async () => {
    const { calls } = await bind(right)
    items(3)
    const compared = await printed(workspace.chain('label', CHAIN), '--tiers', 'small,large', '--stage', 'reply')
    expect(calls.filter(({ model }) => model === 'small').every(({ prompt }) => prompt.startsWith('reply'))).toBe(true)
    expect(compared.cells[0]?.output).toMatch(/^reply text/)
    // Both variants share what the stage builds on.
    expect(calls.filter(({ prompt }) => prompt.startsWith('label'))).toHaveLength(3)
  })

  it('takes so many items as it is told, of the source it is told, and never calls an unknown price 0', async () => {
    await bind(right)
    workspace.write('rows.jsonl', ['x', 'y', 'z', 'q'].map((text) => JSON.stringify({ text })).join('\n'))
    const chain = workspace.chain('label', CHAIN)
    const compared = await printed(chain, '--tiers', 'house,large', '--inputs', 'rows.jsonl', '--sample', '2')
    expect(compared.items).toHaveLength(2)
    expect(compared.summary.house?.costUsdPer1000).toBeNull()
    expect(compared.cells.find(({ variant }) => variant === 'house')?.costUsd).toBeNull()
    expect(compared.recommended).toBe('large')
  })

  it('prints a table for people', async () => {
    await bind((call) =>
      call.model === 'small' && call.prompt.endsWith('1') ? { text: '{"label":"other"}' } : right(call),
    )
    items(4)
    const { stdout, code } = await workspace.jacquard(
      'compare',
      workspace.chain('label', CHAIN),
      '--tiers',
      'small,large',
    )
    expect(code).toBe(0)
    expect(stdout).toContain('4 items × 2 variants, agreement is with large')
    expect(stdout).toMatch(/^small +100 % \(51–100\) +75 % \(30–95\) /m)
    expect(stdout).toContain('1 item with different answers:')
    expect(stdout).toContain('Recommended: large.')
  })

  it('refuses what cannot be compared before anything is asked', async () => {
    const { calls } = await bind(right)
    const chain = workspace.chain('label', CHAIN)
    const refused = async (...args: string[]) => {
      const { code, stderr } = await workspace.jacquard('compare', chain, ...args)
      return [code, stderr]
    }
    expect(await refused('--tiers', 'smal,large')).toEqual([2, expect.stringContaining('did you mean small?')])
    expect(await refused('--tiers', 'small,small')).toEqual([2, expect.stringContaining('twice')])
    expect(await refused('--tiers', 'closed,large')).toEqual([2, expect.stringContaining('Tier closed is not ready')])
    expect(await refused('--tiers', 'small', '--stage', 'labl')).toEqual([
      2,
      expect.stringContaining('did you mean `label`?'),
    ])
    expect(await refused()).toEqual([2, expect.stringContaining('--tiers')])
    expect(calls).toHaveLength(0)
  })

  it('ends with 3 where a key is refused', async () => {
    await bind((call) => (call.model === 'small' ? { status: 401 } : right(call)))
    items(2)
    const compared = await printed(workspace.chain('label', CHAIN), '--tiers', 'small,large')
    expect(compared.code).toBe(3)
    expect(compared.summary.large).toMatchObject({ valid: 1 })
  })
})
