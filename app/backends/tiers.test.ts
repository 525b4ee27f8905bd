import { describe, expect, it } from 'vitest'
import type { Settings, TierBinding } from '../../shared/tier.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import type { CompletionRequest } from '../ports/backend.ts'
import type { TierModel } from '../ports/models.ts'
import { json, startAnsweringServer } from '../testing/answeringServer.ts'
import { createSimulatedBackend } from './simulated/simulated.ts'
import { createModels } from './tiers.ts'

const simulated = createSimulatedBackend({ speed: 1000 })
type Bindings = Record<string, TierBinding>

function aModels(tiers: Bindings = {}, env: Record<string, string> = {}) {
  const settings: Settings = { tiers }
  return createModels({ settings, env, simulated })
}

function ready(models: Awaited<ReturnType<typeof aModels>>, name: string): TierModel {
  const lookup = models.tier(name)
  if (!lookup.ok) throw new Error(lookup.message)
  return lookup.model
}

function refusal(models: Awaited<ReturnType<typeof aModels>>, name: string): string {
  const lookup = models.tier(name)
  return lookup.ok ? 'ready' : lookup.message
}

const summary = (models: Awaited<ReturnType<typeof aModels>>) =>
  models.list().map(({ name, backend, model, origin }) => `${name}: ${backend} ${model} (${origin})`)

const request = (model: string): CompletionRequest => ({
  model,
  instructions: null,
  keepInstructions: false,
  messages: [{ role: 'user', text: 'hello' }],
  schema: null,
  maxTokens: null,
  parameters: {},
})

describe('what a tier is bound to', () => {
  it('is simulated where nothing is configured', async () => {
    const models = await aModels()
    expect(summary(models)).toEqual([
      'local: simulated simulated-local (built in)',
      'standard: simulated simulated-standard (built in)',
      'frontier: simulated simulated-frontier (built in)',
    ])
    expect(models.list().every(({ notReady, knownPrice }) => notReady === null && knownPrice !== null)).toBe(true)
    expect(ready(models, 'frontier')).toMatchObject({ simulated: true, model: 'simulated-frontier' })
  })

  it.each([
    [{ OLLAMA_URL: 'http://h:1' }, 'local: ollama first-listed (environment)'],
    [{ OLLAMA_URL: 'http://h:1', JACQUARD_LOCAL_MODEL: 'llama3.2:3b' }, 'local: ollama llama3.2:3b (environment)'],
    [{ OLLAMA_URL: 'http://h:1', LM_STUDIO_URL: 'http://h:2' }, 'local: lm-studio first-listed (environment)'],
    [{ ANTHROPIC_API_KEY: 'k' }, 'standard: anthropic claude-sonnet-5 (environment)'],
    [{ ANTHROPIC_API_KEY: 'k' }, 'frontier: anthropic claude-opus-5-5 (environment)'],
    [{ OPENAI_API_KEY: 'k' }, 'standard: openai gpt-6-sol (environment)'],
    [{ OPENAI_API_KEY: 'k' }, 'frontier: openai gpt-6-astra (environment)'],
    [{ OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'k' }, 'standard: anthropic claude-sonnet-5 (environment)'],
    [{ ANTHROPIC_API_KEY: '' }, 'standard: simulated simulated-standard (built in)'],
  ])('follows the environment %j', async (env, expected) => {
    expect(summary(await aModels({}, { ...env }))).toContain(expected)
  })

  it('has published prices for the models that the environment alone gives', async () => {
    for (const env of [{ ANTHROPIC_API_KEY: 'k' }, { OPENAI_API_KEY: 'k' }]) {
      const tiers = (await aModels({}, { ...env })).list()
      expect(tiers.every(({ knownPrice }) => knownPrice !== null)).toBe(true)
    }
  })

  it('is what jacquard.yaml says, before the environment, with its limits', async () => {
    const models = await aModels(
      {
        cheap: {
          backend: 'openai-compatible',
          baseUrl: 'http://h:8000/v1',
          model: 'qwen3-8b',
          concurrency: 4,
          requestsPerMinute: 60,
          tokensPerMinute: 9000,
          maxTokens: 512,
          price: { input: 0.1, output: 0.4 },
        },
        standard: { backend: 'ollama', model: 'gemma' },
      },
      { ANTHROPIC_API_KEY: 'k' },
    )
    expect(summary(models)).toEqual([
      'local: simulated simulated-local (built in)',
      'standard: ollama gemma (settings)',
      'frontier: anthropic claude-opus-5-5 (environment)',
      'cheap: openai-compatible qwen3-8b (settings)',
    ])
    const cheap = ready(models, 'cheap')
    expect(cheap).toMatchObject({
      model: 'qwen3-8b',
      simulated: false,
      concurrency: 4,
      requestsPerMinute: 60,
      tokensPerMinute: 9000,
      maxTokens: 512,
    })
    expect(cheap.costMicros({ ...NO_USAGE, inputTokens: 1000, outputTokens: 100 })).toBe(140)
  })

  it('shares a limiter among tiers of the same server and model, and only those', async () => {
    const binding: TierBinding = { backend: 'ollama', model: 'gemma' }
    const models = await aModels({
      a: binding,
      b: binding,
      c: { ...binding, model: 'llama' },
      d: { ...binding, baseUrl: 'http://other:1' },
    })
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ready(models, name).limiterName)
    expect(b).toBe(a)
    expect(new Set([a, c, d]).size).toBe(3)
  })

  it('holds what its settings say, else what is known of its model, else nobody knows', async () => {
    const models = await aModels(
      {
        small: { backend: 'anthropic', model: 'claude-sonnet-4-5', contextTokens: 9000 },
        cheap: { backend: 'openai-compatible', baseUrl: 'http://h:1/v1', model: 'gpt-5.2' },
      },
      { ANTHROPIC_API_KEY: 'k' },
    )
    const names = ['small', 'standard', 'cheap', 'local']
    expect(names.map((name) => ready(models, name).contextTokens)).toEqual([9000, 1_000_000, null, 8_000])
  })

  it("calls another model of its backend where a launch says so: that model's price and size, the tier's limits", async () => {
    const binding: TierBinding = {
      backend: 'anthropic',
      model: 'claude-sonnet-5',
      price: { input: 9, output: 9 },
      contextTokens: 9000,
      concurrency: 3,
    }
    const models = await aModels({ mine: binding }, { ANTHROPIC_API_KEY: 'k' })
    const own = ready(models, 'mine')
    const lookup = models.tier('mine', 'claude-haiku-4-5')
    if (!lookup.ok) throw new Error(lookup.message)
    const other = lookup.model
    expect(other).toMatchObject({ tier: 'mine', model: 'claude-haiku-4-5', contextTokens: 200_000, concurrency: 3 })
    expect([other.limiterName, other.backend]).toEqual([own.limiterName, own.backend])
    const spent = { ...NO_USAGE, inputTokens: 1000, outputTokens: 1000 }
    expect([own.costMicros(spent), other.costMicros(spent)]).toEqual([18_000, 6_000])
    expect(models.tier('mine', 'claude-sonnet-5')).toEqual(models.tier('mine'))
  })

  it('says that another model is unknown as it does of its own', async () => {
    const models = await aModels({}, { OPENAI_API_KEY: 'k' })
    const lookup = models.tier('standard', 'a-model-of-tomorrow')
    expect(lookup.ok && lookup.model.costMicros({ ...NO_USAGE, inputTokens: 9 })).toBeNull()
    expect(models.tier('local', 'gpt-9')).toMatchObject({ ok: false, message: expect.stringContaining('gpt-9') })
    expect(models.tier('huge', 'gpt-9')).toMatchObject({
      ok: false,
      message: expect.stringContaining('no tier `huge`'),
    })
  })

  it('gives each tier a letter of its own', async () => {
    const simulatedLocal: TierBinding = { backend: 'simulated', model: 'simulated-local' }
    const models = await aModels({ cheap: simulatedLocal, small: simulatedLocal, careful: simulatedLocal })
    expect(models.list().map(({ letter }) => letter)).toEqual(['L', 'S', 'F', 'C', 'SM', 'CA'])
  })
})

describe('a tier that cannot be called', () => {
  it('says which environment variable is missing', async () => {
    const models = await aModels({ standard: { backend: 'anthropic', model: 'claude-sonnet-5' } })
    expect(refusal(models, 'standard')).toContain('ANTHROPIC_API_KEY is not set')
    expect(models.list().find(({ name }) => name === 'standard')?.notReady).toBe(refusal(models, 'standard'))
    const own = await aModels({
      mine: { backend: 'openai-compatible', baseUrl: 'http://h/v1', model: 'm', apiKeyEnv: 'MY_KEY' },
    })
    expect(refusal(own, 'mine')).toContain('MY_KEY is not set')
  })

  it('says that a key cannot be one, without showing it', async () => {
    const message = refusal(await aModels({}, { OPENAI_API_KEY: 'sk-“quoted”' }), 'standard')
    expect(message).toContain('OPENAI_API_KEY holds')
    expect(message).not.toContain('quoted')
  })

  it('says that an openai-compatible tier needs an address', async () => {
    expect(refusal(await aModels({ mine: { backend: 'openai-compatible', model: 'm' } }), 'mine')).toContain('baseUrl')
  })

  it('says that an address in the environment is none', async () => {
    expect(refusal(await aModels({}, { OLLAMA_URL: 'http://' }), 'local')).toContain('OLLAMA_URL')
  })

  it('names the simulated models where another is asked for', async () => {
    const models = await aModels({ mine: { backend: 'simulated', model: 'constructor' } })
    expect(refusal(models, 'mine')).toContain('simulated-local, simulated-standard, simulated-frontier')
  })

  it('names the known tiers where another is asked for', async () => {
    expect(refusal(await aModels(), 'huge')).toContain('Known tiers: local, standard, frontier')
    expect(refusal(await aModels(), 'constructor')).toContain('no tier `constructor`')
  })

  it('never shows a key', async () => {
    const models = await aModels({}, { ANTHROPIC_API_KEY: 'sk-very-secret' })
    expect(JSON.stringify([models.list(), models.tier('standard')])).not.toContain('very-secret')
  })
})

describe('a local server found by its address alone', () => {
  it.each([
    ['OLLAMA_URL', '/api/tags', { models: [{ model: 'nomic-embed' }, { model: 'llama3.2:3b' }] }],
    ['LM_STUDIO_URL', '/v1/models', { object: 'list', data: [{ id: 'text-embedding-x' }, { id: 'llama3.2:3b' }] }],
  ])('is asked once for its models, and the first that chats is used (%s)', async (variable, path, models) => {
    const answer = {
      model: 'llama3.2:3b',
      message: { role: 'assistant', content: 'hi' },
      choices: [{ message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
    }
    const server = await startAnsweringServer((response, request) =>
      json(200, request.path === path ? models : answer)(response, request),
    )
    try {
      const url = server.url.replace('http://', '')
      const local = ready(await aModels({}, { [variable]: url }), 'local')
      const call = () => local.backend.complete(request(local.model), new AbortController().signal)
      expect(await call()).toMatchObject({ ok: true, text: 'hi', model: 'llama3.2:3b' })
      expect(await call()).toMatchObject({ ok: true })
      expect(server.seen.filter((request) => request.path === path)).toHaveLength(1)
      expect(server.seen.map(({ body }) => body.model)).toEqual([undefined, 'llama3.2:3b', 'llama3.2:3b'])
      expect(local.costMicros({ ...NO_USAGE, inputTokens: 10, outputTokens: 10 })).toBe(0)
    } finally {
      await server.close()
    }
  })
})
