import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import type { JsonObject } from '../../shared/json.ts'

/** What one call was asked: enough to tell which item and stage it was for. */
export interface ProviderCall {
  readonly protocol: 'openai' | 'anthropic' | 'ollama'
  readonly model: string
  /** The last user message. */
  readonly prompt: string
  /** The system prompt; empty: none. */
  readonly system: string
  /** The images of the last user message, as base64. */
  readonly images: readonly string[]
  /** All that was sent. */
  readonly body: JsonObject
}

export interface ProviderAnswer {
  readonly text?: string
  /** Instead of an answer. */
  readonly status?: number
  /** What the provider says with such a status. */
  readonly error?: string
  /** Why the answer ends: it is cut off, or the model declined. */
  readonly stop?: 'length' | 'refusal'
  readonly headers?: Record<string, string>
  readonly delayMs?: number
  /** The connection is reset instead of an answer: before anything of it came, or within it. */
  readonly cut?: 'before' | 'within'
  /** Tokens; `input` includes the others. Without it 10 in and 5 out. Ollama knows no cache. */
  readonly usage?: {
    readonly input: number
    readonly output: number
    readonly cached?: number
    readonly cacheWrite?: number
  }
}

export interface Provider {
  /** Without a path; each protocol's own package adds its own. */
  readonly origin: string
  /** Every call that was answered with 200, in the order of their arrival. */
  readonly answered: readonly ProviderCall[]
  readonly calls: readonly ProviderCall[]
  /** Most calls that were open at once. */
  readonly mostOpen: number
  close(): Promise<void>
}

/** A real HTTP server that speaks the three protocols and answers as told; by default with the prompt in capitals. */
export async function startProvider(
  answer: (call: ProviderCall) => ProviderAnswer = ({ prompt }) => ({ text: prompt.toUpperCase() }),
): Promise<Provider> {
  const calls: ProviderCall[] = []
  const answered: ProviderCall[] = []
  let open = 0
  let mostOpen = 0
  const server = createServer((request, response) => {
    void (async () => {
      open++
      mostOpen = Math.max(mostOpen, open)
      const call = await readCall(request)
      calls.push(call)
      const told = answer(call)
      const { status = 200, headers = {}, delayMs = 0 } = told
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      open--
      if (response.destroyed) return
      if (told.cut === 'before') return void request.socket.resetAndDestroy()
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      if (told.cut === 'within') {
        response.flushHeaders()
        response.write('{"id":')
        return void setImmediate(() => request.socket.resetAndDestroy())
      }
      if (status === 200) answered.push(call)
      const error = { message: told.error ?? `Status ${status}` }
      response.end(JSON.stringify(status === 200 ? answerBody(call, told) : { error }))
    })()
  })
  const origin = await listen(server)
  return {
    origin,
    calls,
    answered,
    get mostOpen() {
      return mostOpen
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '')
    })
  })
}

async function readCall(request: IncomingMessage): Promise<ProviderCall> {
  const body = JSON.parse(await text(request)) as JsonObject & { model: string; messages: SentMessage[] }
  const { model, messages } = body
  const last = messages.at(-1)
  const parts = partsOf(last?.content)
  const system = body.system ?? messages.find(({ role }) => role === 'system')?.content
  return {
    protocol: protocolOf(request.url ?? ''),
    model,
    prompt: textOf(parts),
    system: textOf(partsOf(system)),
    images: [...(last?.images ?? []), ...parts.flatMap(imagesIn)],
    body,
  }
}

function protocolOf(url: string): ProviderCall['protocol'] {
  if (url.includes('/api/chat')) return 'ollama'
  return url.endsWith('/messages') ? 'anthropic' : 'openai'
}

interface SentMessage {
  readonly role: string
  readonly content: string | SentPart[]
  /** Ollama's place for them. */
  readonly images?: readonly string[]
}

interface SentPart {
  readonly text?: string
  readonly image_url?: { readonly url: string }
  readonly source?: { readonly data: string }
}

function partsOf(content: unknown): SentPart[] {
  if (typeof content === 'string') return [{ text: content }]
  return Array.isArray(content) ? (content as SentPart[]) : []
}

function textOf(parts: readonly SentPart[]): string {
  return parts.map((part) => part.text ?? '').join('')
}

function imagesIn({ image_url: url, source }: SentPart): string[] {
  if (source !== undefined) return [source.data]
  return url === undefined ? [] : [url.url.slice(url.url.indexOf(',') + 1)]
}

/** In the words of each protocol. */
const STOPS = {
  openai: { none: 'stop', length: 'length', refusal: 'content_filter' },
  anthropic: { none: 'end_turn', length: 'max_tokens', refusal: 'refusal' },
  ollama: { none: 'stop', length: 'length', refusal: 'stop' },
} as const

function answerBody({ protocol, model }: ProviderCall, { text: words = '', usage, stop }: ProviderAnswer): unknown {
  const reason = STOPS[protocol][stop ?? 'none']
  const { input, output, cached = 0, cacheWrite = 0 } = usage ?? { input: 10, output: 5 }
  switch (protocol) {
    case 'openai':
      return {
        id: '1',
        object: 'chat.completion',
        created: 1,
        model,
        choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', content: words } }],
        usage: {
          prompt_tokens: input,
          completion_tokens: output,
          total_tokens: input + output,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
        },
      }
    case 'anthropic':
      return {
        id: '1',
        type: 'message',
        role: 'assistant',
        model,
        stop_reason: reason,
        stop_sequence: null,
        content: [{ type: 'text', text: words }],
        usage: {
          input_tokens: input - cached - cacheWrite,
          output_tokens: output,
          cache_read_input_tokens: cached,
          cache_creation_input_tokens: cacheWrite,
        },
      }
    case 'ollama':
      return {
        model,
        created_at: '2026-01-01T00:00:00Z',
        done: true,
        done_reason: reason,
        message: { role: 'assistant', content: words },
        prompt_eval_count: input,
        eval_count: output,
      }
  }
}
