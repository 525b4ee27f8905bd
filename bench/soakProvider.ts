import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { TOKEN } from './soakChains.ts'

/** One request, by the tokens it asks for: several where items share it. */
export interface SoakCall {
  readonly tokens: readonly string[]
  readonly arrivedAt: number
  /** null: not answered, or whoever asked was gone before. */
  answeredAt: number | null
}

export interface SoakProvider {
  readonly origin: string
  /** In the order of their arrival. */
  readonly calls: readonly SoakCall[]
  /** Answers given, one for each token. */
  readonly answers: number
  close(): void
}

/** A provider on loopback that writes down who asked for what, and when it was answered. `delay`: in milliseconds. */
export async function startSoakProvider(delay: () => number): Promise<SoakProvider> {
  const calls: SoakCall[] = []
  let answers = 0
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] }
      const prompt = messages.at(-1)?.content ?? ''
      const tokens = tokensIn(prompt)
      const call: SoakCall = { tokens, arrivedAt: performance.now(), answeredAt: null }
      calls.push(call)
      setTimeout(() => {
        if (response.destroyed) return
        call.answeredAt = performance.now()
        answers += tokens.length
        const answer = answerBody(request.url ?? '', contentFor(prompt))
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      }, delay())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get answers() {
      return answers
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function tokensIn(prompt: string): string[] {
  return [...prompt.matchAll(TOKEN)].map(([token]) => token)
}

/** The items of a shared call are lines of JSON with an id in front; without one it is the call for one item. */
function contentFor(prompt: string): string {
  const shared = prompt.split('\n').filter((line) => line.startsWith('{"id":'))
  if (shared.length === 0) return answerTo(prompt)
  const entries = shared.map((line) => JSON.parse(line) as { id: string; input: unknown })
  return JSON.stringify({ results: entries.map(({ id, input }) => ({ id, output: answerTo(JSON.stringify(input)) })) })
}

/** `first=7` to `first #7`: no token, so that a question with an earlier answer in it has its own only. */
function answerTo(prompt: string): string {
  return tokensIn(prompt).join(' ').replaceAll(' #', '=')
}

function answerBody(url: string, content: string): unknown {
  const message = { role: 'assistant', content }
  return url.endsWith('/api/chat')
    ? { model: 'm', done: true, done_reason: 'stop', message, prompt_eval_count: 20, eval_count: 5 }
    : {
        choices: [{ index: 0, finish_reason: 'stop', message }],
        usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
      }
}
