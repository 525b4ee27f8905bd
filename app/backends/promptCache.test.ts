import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import type { CompletionRequest } from '../ports/backend.ts'
import { type AnsweringServer, json, startAnsweringServer } from '../testing/answeringServer.ts'
import { aRequest } from '../testing/backendSubjects.ts'
import { createAnthropicBackend } from './anthropic.ts'
import { createOllamaBackend } from './ollama.ts'
import { createOpenAIBackend } from './openai.ts'

// How each provider is asked to keep a system prompt that is the same for every item of a run.

const never = new AbortController().signal
const key = { apiKey: 'key-1234', apiKeyEnv: 'SOME_KEY' }
const LONG = 'Answer in one word. '.repeat(60)

const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

/** Answers in every protocol at once, but for what `refuse` says. */
async function serve(refuse: (body: JsonObject) => string | null = () => null) {
  const bodies: JsonObject[] = []
  const answer = {
    model: 'm',
    content: [{ type: 'text', text: 'hi' }],
    message: { role: 'assistant', content: 'hi' },
    choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }],
    usage: { input_tokens: 1, output_tokens: 1, prompt_tokens: 1, completion_tokens: 1 },
    stop_reason: 'end_turn',
  }
  const server = await startAnsweringServer((response, request) => {
    bodies.push(request.body)
    const refusal = refuse(request.body)
    const reply = refusal === null ? json(200, answer) : json(400, { error: { message: refusal } })
    reply(response, request)
  })
  servers.push(server)
  return { url: server.url, bodies }
}

function keeping(instructions: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return aRequest('What is it?', { instructions, keepInstructions: true, ...more })
}

describe('Anthropic', () => {
  const open = (url: string) => createAnthropicBackend({ label: 'Anthropic', baseUrl: url, ...key })
  const marked = [{ type: 'text', text: LONG, cache_control: { type: 'ephemeral' } }]

  it('gets a mark at the end of instructions that are to be kept', async () => {
    const { url, bodies } = await serve()
    expect(await open(url).complete(keeping(LONG), never)).toMatchObject({ ok: true })
    expect(bodies[0]?.system).toEqual(marked)
  })

  it('gets none where they differ from item to item, or are too short for any model to keep', async () => {
    const { url, bodies } = await serve()
    await open(url).complete(keeping(LONG, { keepInstructions: false }), never)
    await open(url).complete(keeping('You are brief.'), never)
    expect(bodies.map(({ system }) => system)).toEqual([LONG, 'You are brief.'])
  })

  it('gets the mark beside a schema too', async () => {
    const { url, bodies } = await serve()
    const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } }
    await open(url).complete(keeping(LONG, { schema }), never)
    expect(bodies[0]).toMatchObject({ system: marked, output_config: { format: { type: 'json_schema' } } })
  })
})

describe('OpenAI', () => {
  const open = (url: string, dialect: 'openai' | 'compatible' = 'openai') =>
    createOpenAIBackend({ label: 'OpenAI', baseUrl: `${url}/v1`, dialect, ...key })
  const systemOf = (body: JsonObject | undefined) => ((body?.messages ?? []) as JsonObject[])[0]?.content
  const breakpoint = [{ type: 'text', text: LONG, prompt_cache_breakpoint: { mode: 'explicit' } }]

  it('gets one key for all calls with the same instructions, and another for others', async () => {
    const { url, bodies } = await serve()
    for (const instructions of [LONG, LONG, `${LONG}!`])
      await open(url).complete(keeping(instructions, { model: 'gpt-5.2' }), never)
    const keys = bodies.map((body) => body.prompt_cache_key)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
    expect(bodies[0]).not.toHaveProperty('prompt_cache_options')
    expect(systemOf(bodies[0])).toBe(LONG)
  })

  it.each(['gpt-5.6', 'gpt-5.6-sol', 'gpt-6-sol', 'gpt-10'])(
    'is told where the prompt that %s keeps ends',
    async (model) => {
      const { url, bodies } = await serve()
      await open(url).complete(keeping(LONG, { model }), never)
      expect(bodies[0]).toMatchObject({ prompt_cache_options: { mode: 'explicit' } })
      expect(systemOf(bodies[0])).toEqual(breakpoint)
    },
  )

  it('is told to store nothing where instructions differ from item to item, for storing costs', async () => {
    const { url, bodies } = await serve()
    await open(url).complete(keeping(LONG, { model: 'gpt-6-sol', keepInstructions: false }), never)
    expect(bodies[0]).toMatchObject({ prompt_cache_options: { mode: 'explicit' } })
    expect(bodies[0]).not.toHaveProperty('prompt_cache_key')
    expect(systemOf(bodies[0])).toBe(LONG)
  })

  it('is asked without a mark, then and from then on, where it refuses marks', async () => {
    const { url, bodies } = await serve((body) =>
      JSON.stringify(body).includes('prompt_cache_breakpoint')
        ? 'prompt_cache_breakpoint is not supported on this model'
        : null,
    )
    const backend = open(url)
    for (let call = 0; call < 2; call++)
      expect(await backend.complete(keeping(LONG, { model: 'gpt-6-sol' }), never)).toMatchObject({ ok: true })
    expect(bodies.map((body) => systemOf(body) === LONG)).toEqual([false, true, true])
    expect(bodies.map((body) => 'prompt_cache_options' in body)).toEqual([true, false, false])
    expect(bodies.every((body) => 'prompt_cache_key' in body)).toBe(true)
  })

  it('follows what the stage says of it in its parameters', async () => {
    const { url, bodies } = await serve()
    const parameters = { prompt_cache_key: 'mine', prompt_cache_options: { mode: 'implicit' } }
    await open(url).complete(keeping(LONG, { model: 'gpt-6-sol', parameters }), never)
    expect(bodies[0]).toMatchObject(parameters)
  })

  it('sends none of it to other servers, which may refuse fields that they do not know', async () => {
    const { url, bodies } = await serve()
    await open(url, 'compatible').complete(keeping(LONG, { model: 'gpt-6-sol' }), never)
    expect(JSON.stringify(bodies[0])).not.toContain('prompt_cache')
    expect(systemOf(bodies[0])).toBe(LONG)
  })
})

describe('Ollama', () => {
  it('is asked for nothing: it keeps the last prompt by itself', async () => {
    const { url, bodies } = await serve()
    const backend = createOllamaBackend({ label: 'Ollama', baseUrl: url, ...key })
    await backend.complete(keeping(LONG), never)
    await backend.complete(keeping(LONG, { keepInstructions: false }), never)
    expect(bodies[0]).toEqual(bodies[1])
  })
})
