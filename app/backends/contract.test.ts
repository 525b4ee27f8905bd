import { EventEmitter, once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { LLMock } from '@copilotkit/aimock'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import type { Completion, CompletionRequest } from '../ports/backend.ts'
import { type Answer, type AnsweringServer, json, startAnsweringServer } from '../testing/answeringServer.ts'
import { aRequest, KEY, backendSubjects as subjects } from '../testing/backendSubjects.ts'

// What every backend must do, over real HTTP. Most of it against aimock, which speaks the three protocols; what aimock
// cannot do (a connection cut off, a header of a certain form) against a small server of our own.

const CITY: JsonObject = { type: 'object', required: ['city'], properties: { city: { type: 'string', minLength: 2 } } }

const never = new AbortController().signal
const failureOf = (completion: Completion) => (completion.ok ? null : completion.failure)

async function serve(answer: Answer): Promise<AnsweringServer> {
  const server = await startAnsweringServer(answer)
  servers.push(server)
  return server
}
const servers: AnsweringServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

describe.each(subjects)('$name', (subject) => {
  const mock = new LLMock({ port: 0, host: '127.0.0.1' })
  beforeAll(() => mock.start())
  afterAll(() => mock.stop())
  beforeEach(() => {
    mock.reset()
  })
  const ask = (request: CompletionRequest) => subject.create(mock.url).complete(request, never)
  const askServer = async (reply: Answer, more: Partial<CompletionRequest> = {}) =>
    subject.create((await serve(reply)).url).complete(aRequest('hello', more), never)

  describe('answers', () => {
    it('gives the text of a plain answer', async () => {
      mock.onMessage('capital of France', { content: 'Paris.' })
      expect(await ask(aRequest('What is the capital of France?'))).toMatchObject({ ok: true, text: 'Paris.' })
    })

    it('sends instructions as the system prompt and messages in their order', async () => {
      mock.on(
        {
          systemMessage: 'You are brief.',
          predicate: ({ messages }) =>
            JSON.stringify(messages.map(({ role }) => role)) === '["system","user","assistant","user"]',
        },
        { content: 'seen' },
      )
      const messages = [
        { role: 'user', text: 'first' },
        { role: 'assistant', text: 'half' },
        { role: 'user', text: 'again' },
      ] as const
      expect(await ask(aRequest('', { messages }))).toMatchObject({ ok: true, text: 'seen' })
    })

    it('gives the JSON text of a structured answer', async () => {
      mock.onMessage('where', { content: '{"city":"Rome"}' })
      expect(await ask(aRequest('where?', { schema: CITY }))).toMatchObject({ ok: true, text: '{"city":"Rome"}' })
    })

    it('gives the usage, tokens read from and written to the cache included in the input', async () => {
      const completion = await askServer(json(200, subject.answer({ text: 'hi' })))
      const usage = { inputTokens: 10, outputTokens: 5, ...subject.cache }
      expect(completion).toEqual({ ok: true, text: 'hi', usage, model: 'm-2026' })
    })

    it('sends sampling parameters only where they are given', async () => {
      const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
      const backend = subject.create(url)
      await backend.complete(aRequest('hello'), never)
      await backend.complete(aRequest('hello', { parameters: { temperature: 0.3, top_p: 0.5 } }), never)
      expect(JSON.stringify(seen[0]?.body)).not.toMatch(/temperature|top_p/)
      expect(JSON.stringify(seen[1]?.body)).toContain('"temperature":0.3,"top_p":0.5')
    })

    it('passes parameters on as they are, objects within objects too', async () => {
      const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
      const nested = { metadata: { user: { id: 'u-1', tags: ['a', { b: null }] } }, seed: 7 }
      await subject.create(url).complete(aRequest('hello', { parameters: nested }), never)
      const { body } = seen[0] ?? {}
      expect(subject.name === 'ollama' ? body?.options : body).toMatchObject(nested)
    })

    it.each([{ model: 'other' }, { messages: [] }, { stream: true }])(
      'refuses parameters that would make it another call, by name and without calling: %j',
      async (parameters) => {
        const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
        const completion = await subject.create(url).complete(aRequest('hello', { parameters }), never)
        expect(completion).toMatchObject({ ok: false, usage: null })
        expect(failureOf(completion)).toMatchObject({
          kind: 'provider',
          cause: 'request',
          httpStatus: null,
          message: expect.stringContaining(`may not set \`${Object.keys(parameters)[0]}\``),
        })
        expect(seen).toHaveLength(0)
      },
    )

    it('sends maxTokens', async () => {
      const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
      await subject.create(url).complete(aRequest('hello', { maxTokens: 77 }), never)
      expect(JSON.stringify(seen[0]?.body)).toMatch(/"(max_tokens|max_completion_tokens|num_predict)":77/)
    })

    it('answers 64 calls at once, each with its own answer', async () => {
      const { url } = await serve((response, request) => {
        const text = /item \d+/.exec(JSON.stringify(request.body))?.[0] ?? ''
        setTimeout(() => json(200, subject.answer({ text }))(response, request), 30)
      })
      const backend = subject.create(url)
      const texts = Array.from({ length: 64 }, (_, index) => `item ${index}`)
      const completions = await Promise.all(texts.map((text) => backend.complete(aRequest(text), never)))
      expect(completions.map((completion) => completion.ok && completion.text)).toEqual(texts)
    })
  })

  describe('failures', () => {
    it('takes 401 and 403 for auth', async () => {
      mock.onMessage('hello', { status: 401, error: { message: 'invalid x-api-key', type: 'authentication_error' } })
      expect(failureOf(await ask(aRequest('hello')))).toMatchObject({
        kind: 'auth',
        httpStatus: 401,
        message: expect.stringContaining('SOME_API_KEY'),
      })
      const forbidden = await askServer(json(403, { error: { message: 'not yours' } }))
      expect(failureOf(forbidden)).toMatchObject({ kind: 'auth', httpStatus: 403 })
    })

    it('takes an unknown model for a fault of the set-up, not of the item', async () => {
      mock.onMessage('hello', { status: 404, error: { message: "model 'm' not found", type: 'not_found_error' } })
      expect(failureOf(await ask(aRequest('hello')))).toMatchObject({
        kind: 'provider',
        cause: 'backend',
        httpStatus: 404,
        message: expect.stringContaining("model 'm' not found"),
      })
    })

    it('takes an address where nothing of the kind is for a fault of the set-up', async () => {
      const completion = await askServer((response) => response.writeHead(404).end('<h1>Nothing here</h1>'))
      expect(failureOf(completion)).toMatchObject({ kind: 'provider', cause: 'backend', httpStatus: 404 })
      const moved = await askServer((response) => response.writeHead(301, { location: 'https://other.example/' }).end())
      expect(failureOf(moved)).toMatchObject({ kind: 'provider', cause: 'backend', httpStatus: 301 })
    })

    it('takes 429 for a rate limit and reads how long to wait', async () => {
      mock.onMessage('hello', { status: 429, retryAfter: 7, error: { message: 'slow down', type: 'rate_limit_error' } })
      expect(failureOf(await ask(aRequest('hello')))).toMatchObject({ kind: 'rate_limited', retryAfterMs: 7000 })
    })

    it('reads the wait as milliseconds and as a date too', async () => {
      const body = { error: { message: 'slow down' } }
      const precise = await askServer(json(429, body, { 'retry-after-ms': '1250', 'retry-after': '2' }))
      expect(failureOf(precise)).toMatchObject({ kind: 'rate_limited', retryAfterMs: 1250 })
      const date = new Date(Date.now() + 60_000).toUTCString()
      const dated = failureOf(await askServer(json(529, body, { 'retry-after': date })))
      const wait = dated?.kind === 'provider' ? dated.retryAfterMs : null
      expect(wait).toBeGreaterThan(50_000)
      expect(wait).toBeLessThanOrEqual(60_000)
    })

    it.each([408, 500, 503, 529])(
      'takes %i for something that asking again may cure, and asks once',
      async (status) => {
        const { url, seen } = await serve(json(status, { error: { type: 'overloaded_error', message: 'Overloaded' } }))
        const completion = await subject.create(url).complete(aRequest('hello'), never)
        expect(failureOf(completion)).toMatchObject({ kind: 'provider', cause: 'transient', httpStatus: status })
        expect(seen).toHaveLength(1)
      },
    )

    it('takes other 4xx for a request that can never succeed', async () => {
      const completion = await askServer(json(400, { error: { message: 'temperature is not supported' } }))
      expect(failureOf(completion)).toMatchObject({
        kind: 'provider',
        cause: 'request',
        httpStatus: 400,
        message: expect.stringContaining('temperature is not supported'),
      })
    })

    it('takes an account without credit for a fault of the set-up', async () => {
      // Some providers say the same of a limit by the minute: the words alone are none.
      const message = 'You exceeded your current quota, please check your plan.'
      const empty = await askServer(json(429, { error: { message, code: 'insufficient_quota' } }))
      expect(failureOf(empty)).toMatchObject({ kind: 'provider', cause: 'backend', httpStatus: 429 })
      const limited = await askServer(json(429, { error: { message } }))
      expect(failureOf(limited)).toMatchObject({ kind: 'rate_limited' })
    })

    it('takes a prompt over the context window for too long', async () => {
      const message = 'This model has a maximum context length of 8192 tokens.'
      const completion = await askServer(json(400, { error: { message, code: 'context_length_exceeded' } }))
      expect(failureOf(completion)).toMatchObject({ kind: 'too_long', raw: null })
    })

    it('takes an answer cut off by length for too long, with the half answer and its usage', async () => {
      const completion = await askServer(json(200, subject.answer({ text: 'Once upon', cut: true })))
      expect(completion).toMatchObject({
        ok: false,
        failure: { kind: 'too_long', raw: 'Once upon' },
        usage: { inputTokens: 10, outputTokens: 5 },
      })
    })

    it('takes a refused connection for transient and names the address', async () => {
      const { url, close } = await serve(json(200, {}))
      await close()
      expect(failureOf(await subject.create(url).complete(aRequest('hello'), never))).toMatchObject({
        kind: 'provider',
        cause: 'transient',
        httpStatus: null,
        message: expect.stringContaining(url),
      })
    })

    it('takes a connection reset before and within the answer for transient', async () => {
      const before = await askServer((response) => response.destroy())
      const within = await askServer((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
        response.write('{"id":')
        setTimeout(() => response.destroy(), 10)
      })
      const transient = { kind: 'provider', cause: 'transient', httpStatus: null }
      expect([failureOf(before), failureOf(within)]).toMatchObject([transient, transient])
    })

    it('takes an answer with a status that HTTP does not have for transient', async () => {
      const completion = await askServer((response) => response.writeHead(799).end('{}'))
      expect(failureOf(completion)).toMatchObject({ kind: 'provider', cause: 'transient', httpStatus: null })
    })

    it('takes garbled JSON, another JSON and a page of HTML for transient', async () => {
      mock.addFixture({ match: { userMessage: 'hello' }, response: { content: 'hi' }, chaos: { malformedRate: 1 } })
      const html: Answer = (response) => {
        response.writeHead(200, { 'content-type': 'text/html' })
        response.end('<html>Sign in to the hotel Wi-Fi</html>')
      }
      const completions = [
        await ask(aRequest('hello')),
        await askServer(json(200, { hello: 1 })),
        await askServer(html),
      ]
      for (const completion of completions)
        expect(failureOf(completion)).toMatchObject({ kind: 'provider', cause: 'transient', httpStatus: null })
    })

    it('rejects with the reason of the signal when it is aborted in mid-call, and ends the connection', async () => {
      const arrived = new EventEmitter()
      const { url } = await serve((response) => {
        arrived.emit('request', response)
      })
      const control = new AbortController()
      const call = subject.create(url).complete(aRequest('hello'), control.signal)
      const [response]: ServerResponse[] = await once(arrived, 'request')
      const reason = new Error('the person pressed cancel')
      control.abort(reason)
      await expect(call).rejects.toBe(reason)
      if (response?.closed === false) await once(response, 'close')
    })

    it('rejects with the reason of a signal that was aborted before', async () => {
      const reason = new Error('too late')
      const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
      await expect(subject.create(url).complete(aRequest('hello'), AbortSignal.abort(reason))).rejects.toBe(reason)
      expect(seen).toHaveLength(0)
    })
  })

  describe('keys', () => {
    it('sends the key in a header', async () => {
      const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
      await subject.create(url).complete(aRequest('hello'), never)
      expect(Object.values(seen[0]?.headers ?? {}).some((value) => String(value).endsWith(KEY))).toBe(true)
    })

    it.each([400, 401, 403, 404, 429, 500])(
      'keeps the key out of the message although the server repeats it (%i)',
      async (status) => {
        const completion = await askServer(json(status, { error: { message: `Incorrect API key provided: ${KEY}.` } }))
        expect(failureOf(completion)?.message).toContain('Incorrect API key provided')
        expect(JSON.stringify(completion)).not.toContain(KEY)
      },
    )
  })
})

describe.each(subjects.filter(({ limitHeaders }) => limitHeaders !== null))(
  'what $name says of its limits',
  (subject) => {
    const headers = subject.limitHeaders ?? {}
    const LIMITS = {
      requests: { perMinute: 1000, remaining: 0, resetMs: 60_000 },
      tokens: { perMinute: 2000, remaining: 500, resetMs: 45_000 },
    }
    const askWith = async (answer: Answer) =>
      subject.create((await serve(answer)).url).complete(aRequest('hello'), never)

    it('comes with an answer', async () => {
      const completion = await askWith(json(200, subject.answer({ text: 'hi' }), headers))
      expect(completion).toMatchObject({ ok: true, limits: LIMITS })
    })
    it('comes with a refusal', async () => {
      const completion = await askWith(json(429, { error: { message: 'slow down' } }, headers))
      expect(completion).toMatchObject({ ok: false, failure: { kind: 'rate_limited' }, limits: LIMITS })
    })
  },
)

describe.each(subjects.filter(({ name }) => name !== 'anthropic'))('$name without a key', (subject) => {
  it('sends no key and answers', async () => {
    const { url, seen } = await serve(json(200, subject.answer({ text: 'hi' })))
    expect(await subject.create(url, null).complete(aRequest('hello'), never)).toMatchObject({ ok: true })
    expect(seen[0]?.headers.authorization).toBeUndefined()
  })
})
