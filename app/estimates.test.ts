import { afterEach, describe, expect, it } from 'vitest'
import type { EstimateRequest } from '../shared/estimate.ts'
import { called } from './testing/called.ts'
import { runToEnd } from './testing/followRun.ts'
import type { ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

/** Of sizes that differ by a factor of forty, most of them small. */
const FILES = Object.fromEntries(
  Array.from({ length: 80 }, (_, n) => [
    `inputs/${String(n).padStart(2, '0')}.txt`,
    `Letter ${n}. ${'The parcel came late again. '.repeat(1 + ((n * n) % 41))}`,
  ]),
)
const FILE = 'chains/one.chain.yaml'
const CHAIN = `jacquard: 1
source: { folder: inputs }
stages:
  gist: { kind: model, tier: openai, prompt: "Say in short: {{ item.text }}" }
  reply: { kind: model, tier: anthropic, when: "{{ item.bytes > 400 }}", prompt: "Answer: {{ item.text }} {{ gist }}" }
`
/** Tokens as a model has them: by what is asked, and a third as many for the answer, with some noise. */
const usage = ({ prompt }: ProviderCall) => {
  const input = Math.round(prompt.length / 4) + 20
  const noise = 0.8 + ((prompt.length * 7919) % 41) / 100
  return { text: 'ok', usage: { input, output: Math.round(10 + (input / 3) * noise) } }
}
const request = (more: Partial<EstimateRequest> = {}): EstimateRequest => ({
  id: `e${Math.random()}`,
  text: CHAIN,
  file: FILE,
  options: {},
  sample: 10,
  mayAsk: true,
  tiers: [],
  ...more,
})

describe('an estimate', () => {
  it('of a sample holds what the run then costs; the run pays only for the rest and is held against it', async () => {
    const { provider, workspace } = await worlds.world({ ...FILES, [FILE]: CHAIN }, usage)
    const app = await worlds.app(workspace)
    const rough = await called(app, 'estimate.make', { request: request({ mayAsk: false }) })
    expect(provider.calls).toEqual([])
    expect(rough).toMatchObject({ items: 80, unreadable: 0, sourceTokens: { isExact: true } })
    expect(rough.mixes[0]).toMatchObject({ name: 'as-drawn', basis: 'rough' })
    expect(rough.first).toMatchObject({ items: 10 })

    const estimate = await called(app, 'estimate.make', { request: request() })
    const asked = provider.calls.length
    const [drawn] = estimate.mixes
    expect(drawn).toMatchObject({ basis: 'measured', tiers: { gist: 'openai', reply: 'anthropic' } })
    expect(estimate.sample.items).toHaveLength(10)
    expect(asked).toBeLessThanOrEqual(20)

    const summary = await runToEnd(app, CHAIN, { file: FILE })
    expect(provider.calls.length - asked).toBe(summary.calls)
    const actual = summary.costMicros + summary.savedMicros
    expect(drawn?.costMicros?.p10).toBeLessThan(actual)
    expect(drawn?.costMicros?.p90).toBeGreaterThan(actual)
    expect(Math.abs((drawn?.costMicros?.p50 ?? 0) / actual - 1)).toBeLessThan(0.12)
    const [outcome] = await called(app, 'estimate.outcomes', { file: FILE })
    expect(outcome).toMatchObject({ run: summary.run, items: 80, actualMicros: actual })
  })

  it('says what would be different, without a call', async () => {
    const { provider, workspace } = await worlds.world({ ...FILES, [FILE]: CHAIN }, usage)
    const app = await worlds.app(workspace)
    const { id, mixes } = await called(app, 'estimate.make', { request: request() })
    const before = provider.calls.length
    const half = await called(app, 'estimate.whatIf', { id, whatIf: { limit: 40 } })
    expect(half.items).toBe(40)
    expect(half.costMicros?.p50).toBeLessThan(mixes[0]?.costMicros?.p50 ?? 0)
    const slow = await called(app, 'estimate.whatIf', {
      id,
      whatIf: { limits: { openai: { requestsPerMinute: 10, tokensPerMinute: null } } },
    })
    expect(slow.durationMs.p50).toBeGreaterThan(7 * 60_000)
    expect(provider.calls.length).toBe(before)
  })

  it('names no price that is not known', async () => {
    const { provider, workspace } = await worlds.world({ ...FILES, [FILE]: CHAIN }, usage)
    await workspace.write(
      'jacquard.yaml',
      `tiers:
  openai: { backend: openai-compatible, model: m, baseUrl: "${provider.origin}/v1" }
  anthropic: { backend: anthropic, model: x, baseUrl: "${provider.origin}", apiKeyEnv: TEST_KEY, price: { input: 1, output: 2 } }
`,
    )
    const app = await worlds.app(workspace)
    const { mixes, prices } = await called(app, 'estimate.make', { request: request() })
    expect(mixes[0]).toMatchObject({ costMicros: null, inputTokens: { p50: expect.any(Number) } })
    expect(prices).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ tier: 'openai', from: 'unknown' }),
        expect.objectContaining({ tier: 'anthropic', from: 'settings' }),
      ]),
    )
  })
})
