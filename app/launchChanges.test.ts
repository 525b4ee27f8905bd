import { afterEach, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '../shared/run.ts'
import { createApp } from './index.ts'
import { runToEnd } from './testing/followRun.ts'
import { type ProviderCall, startProvider } from './testing/provider.ts'
import { aWorkspace, threeTiers } from './testing/workspace.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close()
})

const CHAIN = `jacquard: 1
params:
  language: English
  size: { type: integer, default: 2 }
  tone: { type: string, enum: [short, long] }
source: { text: [a, b, c] }
stages:
  each:
    kind: map
    over: "{{ [1..params.size] }}"
    as: n
    stages:
      ask: { kind: model, tier: openai, prompt: "{{ params.tone }} {{ item.text }}{{ n }}" }
sink: { jsonl: out.jsonl }
`

async function launch(text: string, options: LaunchOptions) {
  const calls: ProviderCall[] = []
  const provider = await startProvider((call) => {
    calls.push(call)
    return { text: 'ok' }
  })
  const workspace = await aWorkspace({ 'jacquard.yaml': threeTiers(provider.origin) })
  const app = await createApp({ workspace: workspace.folder, host: 'cli', env: { TEST_KEY: 'k' } })
  opened.push({ close: () => workspace.remove() }, provider, app)
  return { calls, app, workspace, launch: () => runToEnd(app, text, options) }
}

describe('what one launch changes', () => {
  it('is a param without a default that must be given, and values that must fit', async () => {
    const { app } = await launch(CHAIN, {})
    const tried = async (params: Record<string, string | number>) => {
      const reply = await app.call('runs.launch', { text: CHAIN, file: null, options: { params } })
      return reply.ok ? null : reply.error.message
    }
    expect(await tried({})).toContain('`tone` has no default')
    expect(await tried({ tone: 'loud' })).toContain('must be one of: "short", "long"')
    expect(await tried({ tone: 'short', size: 'two' })).toContain('must be an integer')
    expect(await tried({ tone: 'short', sise: 2 })).toContain('no param `sise`')
  })

  it('is the tier, the model and the parameters of a stage, one inside a map too', async () => {
    const options: LaunchOptions = {
      params: { tone: 'long', size: 1 },
      tiers: { ask: 'anthropic' },
      stages: { ask: { model: 'other-model', temperature: 0.25, maxTokens: 7, parameters: { top_k: 3 } } },
    }
    const { calls, launch: go } = await launch(CHAIN, options)
    expect((await go()).counts.succeeded).toBe(3)
    expect(calls.map(({ model }) => model)).toEqual(['other-model', 'other-model', 'other-model'])
    expect(calls[0]?.body).toMatchObject({ temperature: 0.25, max_tokens: 7, top_k: 3 })
    expect(calls.map(({ prompt }) => prompt).sort()).toEqual(['long a1', 'long b1', 'long c1'])
  })

  it('runs one item after the other where an item asks for the one before, whatever finishes first', async () => {
    const text = `jacquard: 1
source: { text: [a, b, c] }
stages:
  chain_on: { kind: transform, value: "{{ (run.previous ? run.previous.chain_on : '') & item.text }}" }
sink: { jsonl: out.jsonl }
`
    const { workspace, launch: go } = await launch(text, { concurrency: 8 })
    await go()
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual([{ chain_on: 'a' }, { chain_on: 'ab' }, { chain_on: 'abc' }])
  })
})
