import { afterEach, describe, expect, it } from 'vitest'
import type { Backend } from '../ports/backend.ts'
import { type Answer, type AnsweringServer, json, startAnsweringServer } from '../testing/answeringServer.ts'
import { KEY } from '../testing/backendSubjects.ts'
import { createAnthropicBackend } from './anthropic.ts'
import { FIRST_LISTED_MODEL } from './firstListedModel.ts'
import { createOllamaBackend } from './ollama.ts'
import { createOpenAIBackend } from './openai.ts'
import { openProvider } from './providers.ts'

const never = new AbortController().signal
const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function serve(answer: Answer): Promise<AnsweringServer> {
  const server = await startAnsweringServer(answer)
  servers.push(server)
  return server
}

const connection = (baseUrl: string, isOwnAddress = true) => ({
  label: 'The provider',
  baseUrl,
  apiKey: KEY,
  apiKeyEnv: 'SOME_API_KEY',
  isOwnAddress,
})
const checked = (backend: Backend, model = 'm') => backend.check?.(model, never)

describe.each([
  { name: 'Anthropic', create: (url: string, own = true) => createAnthropicBackend(connection(url, own)) },
  {
    name: 'OpenAI',
    create: (url: string, own = true) => createOpenAIBackend({ ...connection(`${url}/v1`, own), dialect: 'openai' }),
  },
])('a model at $name', ({ create }) => {
  it('is asked for by its name, and not called', async () => {
    const { url, seen } = await serve(json(200, { id: 'm' }))
    expect(await checked(create(url))).toBeNull()
    expect(seen.map(({ path }) => path)).toEqual(['/v1/models/m'])
  })
  it('cannot be called with a key that is not accepted', async () => {
    const { url } = await serve(json(401, { error: { message: `Wrong key ${KEY}` } }))
    const failure = await checked(create(url))
    expect(failure).toMatchObject({ kind: 'auth', httpStatus: 401, message: expect.stringContaining('SOME_API_KEY') })
    expect(failure?.message).not.toContain(KEY)
  })
  it('may be called with a key that may only not look models up', async () => {
    const message = 'You have insufficient permissions for this operation. Missing scopes: api.model.read.'
    expect(await checked(create((await serve(json(403, { error: { message } }))).url))).toBeNull()
  })
  it('cannot be called where there is none of that name', async () => {
    const { url } = await serve(json(404, { error: { message: 'model: m', type: 'not_found_error' } }))
    expect(await checked(create(url))).toMatchObject({ kind: 'provider', cause: 'backend', httpStatus: 404 })
  })
  it.each([400, 429, 500, 529])('is left to the calls where the provider has other trouble: %i', async (status) => {
    expect(await checked(create((await serve(json(status, { error: { message: 'no' } }))).url))).toBeNull()
  })
  it('is left to the calls where nobody answers, or nothing that can be read', async () => {
    const { url, close } = await serve((response) => response.end('{"id":'))
    expect(await checked(create(url))).toBeNull()
    await close()
    expect(await checked(create(url))).toBeNull()
  })
  it('is not asked for behind an address that is not the provider’s own', async () => {
    const { url, seen } = await serve(json(401, {}))
    expect(await checked(create(url, false))).toBeNull()
    expect(seen).toHaveLength(0)
  })
  it('is not waited for when the run is stopped', async () => {
    const control = new AbortController()
    const { url } = await serve(() => control.abort(new Error('stopped')))
    await expect(create(url).check?.('m', control.signal)).rejects.toThrow('stopped')
  })
})

describe.each([
  {
    name: 'Ollama',
    create: (url: string) => createOllamaBackend(connection(url)),
    list: (models: readonly string[]) => ({ models: models.map((model) => ({ model })) }),
  },
  {
    name: 'LM Studio',
    create: (url: string) => createOpenAIBackend({ ...connection(`${url}/v1`), dialect: 'compatible' }),
    list: (models: readonly string[]) => ({ object: 'list', data: models.map((id) => ({ id })) }),
  },
])('the model of $name', ({ create, list }) => {
  it('is looked for in its list where none is named', async () => {
    const { url, seen } = await serve(json(200, list(['llama'])))
    expect(await checked(create(url), FIRST_LISTED_MODEL)).toBeNull()
    expect(seen).toHaveLength(1)
  })
  it('is missing where the list is empty', async () => {
    const { url } = await serve(json(200, list([])))
    expect(await checked(create(url), FIRST_LISTED_MODEL)).toMatchObject({
      kind: 'provider',
      cause: 'backend',
      message: expect.stringContaining('lists no model'),
    })
  })
  it('is left to the calls where one is named', async () => {
    const { url, seen } = await serve(json(404, {}))
    expect(await checked(create(url), 'llama')).toBeNull()
    expect(seen).toHaveLength(0)
  })
})

it('is asked for through a provider that is opened when it is needed, unless it has another address', async () => {
  const { url, seen } = await serve(json(401, {}))
  const target = { ok: true, baseUrl: url, apiKey: KEY, apiKeyEnv: 'SOME_API_KEY' } as const
  expect(await checked(openProvider('anthropic', target))).toBeNull()
  expect(await checked(openProvider('openai', target))).toBeNull()
  expect(seen).toHaveLength(0)
})

it('is left to the calls where the answer takes too long', async () => {
  const { url } = await serve(() => undefined)
  const started = performance.now()
  expect(await checked(createAnthropicBackend(connection(url)))).toBeNull()
  expect(performance.now() - started).toBeLessThan(6000)
})
