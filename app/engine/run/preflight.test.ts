import { afterEach, describe, expect, it } from 'vitest'
import { createAnthropicBackend } from '../../backends/anthropic.ts'
import { createOpenAIBackend } from '../../backends/openai.ts'
import type { Backend } from '../../ports/backend.ts'
import { type Answer, type AnsweringServer, json, startAnsweringServer } from '../../testing/answeringServer.ts'
import { FakeClock } from '../../testing/fakeClock.ts'
import { Preflight } from './preflight.ts'

const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

const MB = 1_000_000
const AROUND = { signal: new AbortController().signal, freeBytes: 5000 * MB, items: 90_000 }

/** Backends over HTTP whose address counts as their provider's own. */
async function backendsAt(answer: Answer) {
  const server = await startAnsweringServer(answer)
  servers.push(server)
  const connection = { apiKey: 'sk-secret', apiKeyEnv: 'SOME_API_KEY', isOwnAddress: true }
  const anthropic = createAnthropicBackend({ ...connection, label: 'Anthropic', baseUrl: server.url })
  const openAI = createOpenAIBackend({
    ...connection,
    label: 'OpenAI',
    baseUrl: `${server.url}/v1`,
    dialect: 'openai',
  })
  return { anthropic, openAI, seen: server.seen }
}

const standard = (backend: Backend, model = 'm') => ({ tier: 'standard', backend, model })

describe('before a run', () => {
  it('each model of a backend is asked for once, and nothing is called', async () => {
    const { anthropic, openAI, seen } = await backendsAt(json(200, { id: 'm' }))
    const targets = [
      standard(anthropic),
      { ...standard(anthropic), tier: 'frontier' },
      standard(anthropic, 'large'),
      standard(openAI),
    ]
    expect(await new Preflight(new FakeClock()).check(targets, AROUND)).toBeNull()
    expect(seen.map(({ path }) => path).toSorted()).toEqual(['/v1/models/large', '/v1/models/m', '/v1/models/m'])
  })
  it('what was fine is not asked for again for ten minutes', async () => {
    const { anthropic, seen } = await backendsAt(json(200, { id: 'm' }))
    const clock = new FakeClock()
    const preflight = new Preflight(clock)
    await preflight.check([standard(anthropic)], AROUND)
    await clock.advance(599_000)
    await preflight.check([standard(anthropic)], AROUND)
    expect(seen).toHaveLength(1)
    await clock.advance(2000)
    await preflight.check([standard(anthropic)], AROUND)
    expect(seen).toHaveLength(2)
  })
  it('a key that is not accepted stops it, and is asked for again at once when it goes on', async () => {
    const statuses = [401, 200]
    const { anthropic } = await backendsAt((response, request) =>
      json(statuses.shift() ?? 500, { error: { message: 'invalid x-api-key' } })(response, request),
    )
    const preflight = new Preflight(new FakeClock())
    expect(await preflight.check([standard(anthropic)], AROUND)).toEqual({
      kind: 'auth',
      message:
        'Tier standard: Anthropic does not accept the key in SOME_API_KEY (401): invalid x-api-key. No call was made, and results so far are kept. Set the key right, then resume.',
    })
    expect(await preflight.check([standard(anthropic)], AROUND)).toBeNull()
  })
  it('a model that does not exist stops it, though the others do', async () => {
    const { anthropic, openAI } = await backendsAt((response, request) =>
      json(request.path.endsWith('/gone') ? 404 : 200, { error: { message: 'model: gone' } })(response, request),
    )
    const targets = [standard(anthropic), { tier: 'frontier', backend: openAI, model: 'gone' }]
    const reason = await new Preflight(new FakeClock()).check(targets, AROUND)
    expect(reason).toMatchObject({
      kind: 'backend',
      message: expect.stringMatching(/^Tier frontier: OpenAI .*gone\. No/),
    })
  })
  it('other trouble of the provider is left to the calls', async () => {
    const { anthropic } = await backendsAt(json(529, { error: { message: 'Overloaded' } }))
    expect(await new Preflight(new FakeClock()).check([standard(anthropic)], AROUND)).toBeNull()
  })
  it('a disk that is nearly full stops it before anybody is asked', async () => {
    const { anthropic, seen } = await backendsAt(json(200, { id: 'm' }))
    const preflight = new Preflight(new FakeClock())
    expect(await preflight.check([standard(anthropic)], { ...AROUND, freeBytes: 12.34 * MB })).toEqual({
      kind: 'disk',
      message:
        'Only 12.3 MB are free where results are stored; a run wants 200.0 MB. No call was made, and results so far are kept. Make room, then resume.',
    })
    expect(seen).toHaveLength(0)
    expect(await preflight.check([], { ...AROUND, freeBytes: null })).toBeNull()
  })
  it('a backend that has nobody to ask is left to the calls', async () => {
    const simulated: Backend = { complete: () => Promise.reject(new Error('Called.')) }
    expect(await new Preflight(new FakeClock()).check([standard(simulated)], AROUND)).toBeNull()
  })
})
