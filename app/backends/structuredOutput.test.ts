import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import type { CompletionRequest } from '../ports/backend.ts'
import { type AnsweringServer, json, startAnsweringServer } from '../testing/answeringServer.ts'
import { createAnthropicBackend } from './anthropic.ts'
import { createOllamaBackend } from './ollama.ts'
import { createOpenAIBackend } from './openai.ts'

// How each adapter asks for JSON: the provider's own way, and what it does where a server refuses that.

const CITY: JsonObject = { type: 'object', required: ['city'], properties: { city: { type: 'string', minLength: 2 } } }
const OPTIONAL: JsonObject = { type: 'object', properties: { city: { type: 'string' } } }
const MAP: JsonObject = { type: 'object', additionalProperties: { type: 'number' } }
const LIST: JsonObject = { type: 'array', items: { type: 'array' } }

const never = new AbortController().signal
const key = { apiKey: 'key-1234', apiKeyEnv: 'SOME_KEY' }

function asking(schema: JsonObject): CompletionRequest {
  return {
    model: 'm',
    instructions: 'You are brief.',
    keepInstructions: false,
    messages: [{ role: 'user', text: 'where?' }],
    schema,
    maxTokens: null,
    parameters: {},
  }
}

const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function serve(answer: (body: JsonObject) => { readonly status?: number; readonly body: unknown }) {
  const bodies: JsonObject[] = []
  const server = await startAnsweringServer((response, request) => {
    bodies.push(request.body)
    const { status = 200, body } = answer(request.body)
    json(status, body)(response, request)
  })
  servers.push(server)
  return { url: server.url, bodies }
}

const JSON_TEXT = '{"city":"Rome"}'
const chat = { choices: [{ message: { content: JSON_TEXT }, finish_reason: 'stop' }] }
const message = (content: unknown, more: object = {}) => ({
  model: 'm',
  content: [content],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
  ...more,
})
const text = { type: 'text', text: JSON_TEXT }

describe('OpenAI', () => {
  const open = (url: string, dialect: 'openai' | 'compatible' = 'openai') =>
    createOpenAIBackend({ label: 'OpenAI', baseUrl: `${url}/v1`, dialect, ...key })

  it('is asked strictly where the schema can be closed and has no optional keys', async () => {
    const { url, bodies } = await serve(() => ({ body: chat }))
    await open(url).complete(asking(CITY), never)
    expect(bodies[0]?.response_format).toEqual({
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        strict: true,
        schema: {
          type: 'object',
          required: ['city'],
          properties: { city: { type: 'string', description: '(minLength: 2)' } },
          additionalProperties: false,
        },
      },
    })
  })

  it.each([OPTIONAL, MAP])('is asked loosely, with the schema as it is, otherwise: %j', async (schema) => {
    const { url, bodies } = await serve(() => ({ body: chat }))
    await open(url).complete(asking(schema), never)
    expect(bodies[0]?.response_format).toMatchObject({ json_schema: { strict: false, schema } })
  })

  it.each([400, 422])('is asked in words from then on where it refuses the schema (%i)', async (status) => {
    const { url, bodies } = await serve((body) =>
      'response_format' in body
        ? { status, body: { error: { message: "'response_format' is not supported" } } }
        : { body: chat },
    )
    const backend = open(url, 'compatible')
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(bodies.map((body) => 'response_format' in body)).toEqual([true, false, false])
    const [system] = (bodies[1]?.messages ?? []) as JsonObject[]
    expect(system).toMatchObject({ role: 'system', content: expect.stringContaining(JSON.stringify(CITY)) })
    expect(system).toMatchObject({ content: expect.stringMatching(/^You are brief\./) })
  })

  it('does not ask again where it refuses something else', async () => {
    const { url, bodies } = await serve(() => ({ status: 400, body: { error: { message: 'top_k is not supported' } } }))
    expect(await open(url).complete(asking(CITY), never)).toMatchObject({ failure: { cause: 'request' } })
    expect(bodies).toHaveLength(1)
  })

  it('reports a refusal and a content filter as refused', async () => {
    const refusals = [
      { message: { content: null, refusal: 'I cannot help with that.' }, finish_reason: 'stop' },
      { message: { content: 'Well' }, finish_reason: 'content_filter' },
    ]
    const { url } = await serve(() => ({ body: { choices: [refusals.shift()] } }))
    const backend = open(url)
    expect(await backend.complete(asking(CITY), never)).toMatchObject({
      failure: { kind: 'refused', message: 'I cannot help with that.' },
    })
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ failure: { kind: 'refused' } })
  })

  it('gets max_completion_tokens, other servers max_tokens', async () => {
    const { url, bodies } = await serve(() => ({ body: chat }))
    await open(url).complete({ ...asking(CITY), maxTokens: 9 }, never)
    await open(url, 'compatible').complete({ ...asking(CITY), maxTokens: 9 }, never)
    expect(bodies[0]).toMatchObject({ max_completion_tokens: 9 })
    expect(bodies[1]).toMatchObject({ max_tokens: 9 })
  })
})

describe('Anthropic', () => {
  const open = (url: string) => createAnthropicBackend({ label: 'Anthropic', baseUrl: url, ...key })
  const tool = { type: 'tool_use', id: 't', name: 'answer', input: { city: 'Rome' } }

  it('is asked by output_config, optional keys or not', async () => {
    const { url, bodies } = await serve(() => ({ body: message(text) }))
    const completion = await open(url).complete(asking(OPTIONAL), never)
    expect(completion).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(bodies[0]).toMatchObject({
      system: 'You are brief.',
      output_config: { format: { type: 'json_schema', schema: { ...OPTIONAL, additionalProperties: false } } },
    })
  })

  it('is made to use a tool where the schema cannot be closed; the arguments are the answer', async () => {
    const { url, bodies } = await serve(() => ({ body: message(tool, { stop_reason: 'tool_use' }) }))
    expect(await open(url).complete(asking(MAP), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(bodies[0]).toMatchObject({ tool_choice: { type: 'tool', name: 'answer' }, tools: [{ input_schema: MAP }] })
    expect(bodies[0]).not.toHaveProperty('output_config')
  })

  it('is asked in words where the answer is not an object and the schema cannot be closed', async () => {
    const { url, bodies } = await serve(() => ({ body: message(text) }))
    await open(url).complete(asking(LIST), never)
    expect(bodies[0]).toMatchObject({ system: expect.stringContaining(JSON.stringify(LIST)) })
    expect(bodies[0]).not.toHaveProperty('tools')
  })

  it('is made to use a tool from then on where the model does not know output_config', async () => {
    const { url, bodies } = await serve((body) =>
      'output_config' in body
        ? {
            status: 400,
            body: { type: 'error', error: { type: 'invalid_request_error', message: 'output_config: no' } },
          }
        : { body: message(tool, { stop_reason: 'tool_use' }) },
    )
    const backend = open(url)
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(bodies.map((body) => 'tools' in body)).toEqual([false, true, true])
  })

  it('reports a refusal, and an answer that ran into the context window', async () => {
    const stops = [
      { stop_reason: 'refusal', stop_details: { type: 'refusal', category: null, explanation: 'Not this.' } },
      { stop_reason: 'model_context_window_exceeded' },
    ]
    const { url } = await serve(() => ({ body: message(text, stops.shift()) }))
    const backend = open(url)
    const refused = { kind: 'refused', message: 'Not this.' }
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ failure: refused, usage: { inputTokens: 1 } })
    expect(await backend.complete(asking(CITY), never)).toMatchObject({ failure: { kind: 'too_long', raw: JSON_TEXT } })
  })

  it('takes a very large maxTokens without streaming', async () => {
    const { url, bodies } = await serve(() => ({ body: message(text) }))
    await open(url).complete({ ...asking(CITY), maxTokens: 128_000 }, never)
    expect(bodies[0]).toMatchObject({ max_tokens: 128_000 })
  })
})

describe('Ollama', () => {
  const answer = { model: 'm', message: { role: 'assistant', content: JSON_TEXT }, done: true, done_reason: 'stop' }
  const open = (url: string) => createOllamaBackend({ label: 'Ollama', baseUrl: url, ...key })

  it('is asked by format, and shown the schema in words as its guide says', async () => {
    const { url, bodies } = await serve(() => ({ body: answer }))
    expect(await open(url).complete(asking(CITY), never)).toMatchObject({ ok: true, text: JSON_TEXT })
    expect(bodies[0]).toMatchObject({ format: CITY, stream: false })
    expect(JSON.stringify(bodies[0]?.messages)).toContain('must match this JSON Schema')
  })

  it('is told not to shorten a prompt that is too long', async () => {
    const { url, bodies } = await serve(() => ({
      status: 400,
      body: { error: 'input length (9000 tokens) exceeds the context length (4096 tokens)' },
    }))
    expect(await open(url).complete(asking(CITY), never)).toMatchObject({ failure: { kind: 'too_long', raw: null } })
    expect(bodies[0]).toMatchObject({ truncate: false })
  })

  it('gets parameters as options, but for those of the request itself', async () => {
    const { url, bodies } = await serve(() => ({ body: answer }))
    await open(url).complete({ ...asking(CITY), parameters: { num_ctx: 8192, think: false } }, never)
    expect(bodies[0]).toMatchObject({ options: { num_ctx: 8192 }, think: false })
  })

  it('writes nothing to standard output when the server answers an error in plain text', async () => {
    const server = await startAnsweringServer((response) => response.writeHead(502).end('Bad gateway'))
    servers.push(server)
    const lines: unknown[] = []
    const log = console.log
    console.log = (...line) => lines.push(line)
    try {
      const completion = await open(server.url).complete(asking(CITY), never)
      expect(completion).toMatchObject({ failure: { httpStatus: 502, message: 'Ollama answered 502: Bad gateway' } })
    } finally {
      console.log = log
    }
    expect(lines).toEqual([])
  })
})
