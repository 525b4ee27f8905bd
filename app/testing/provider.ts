import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'

/** What one call was asked: enough to tell which item and stage it was for. */
export interface ProviderCall {
  readonly protocol: 'openai' | 'anthropic' | 'ollama'
  readonly model: string
  /** The last user message. */
  readonly prompt: string
}

export interface ProviderAnswer {
  readonly text?: string
  /** Instead of an answer. */
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly delayMs?: number
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
      const { text: words = '', status = 200, headers = {}, delayMs = 0 } = answer(call)
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      open--
      if (response.destroyed) return
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      if (status === 200) answered.push(call)
      response.end(JSON.stringify(status === 200 ? body(call, words) : { error: { message: `Status ${status}` } }))
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
  const { model, messages } = JSON.parse(await text(request)) as {
    model: string
    messages: { role: string; content: unknown }[]
  }
  const protocol =
    request.url?.includes('/api/chat') === true
      ? 'ollama'
      : request.url?.endsWith('/messages') === true
        ? 'anthropic'
        : 'openai'
  const content = messages.at(-1)?.content
  const prompt =
    typeof content === 'string' ? content : (content as { text: string }[]).map((part) => part.text).join('')
  return { protocol, model, prompt }
}

function body({ protocol, model }: ProviderCall, words: string): unknown {
  switch (protocol) {
    case 'openai':
      return {
        id: '1',
        object: 'chat.completion',
        created: 1,
        model,
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: words } }],
        usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
      }
    case 'anthropic':
      return {
        id: '1',
        type: 'message',
        role: 'assistant',
        model,
        stop_reason: 'end_turn',
        stop_sequence: null,
        content: [{ type: 'text', text: words }],
        usage: { input_tokens: 10, output_tokens: 5 },
      }
    case 'ollama':
      return {
        model,
        created_at: '2026-01-01T00:00:00Z',
        done: true,
        done_reason: 'stop',
        message: { role: 'assistant', content: words },
        prompt_eval_count: 10,
        eval_count: 5,
      }
  }
}
