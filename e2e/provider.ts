import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What the model was asked. */
export interface Asked {
  readonly model: string
  /** Instructions and prompt. */
  readonly text: string
  readonly maxTokens: number | null
}

export interface Answered {
  readonly text: string
  /** Written; the answer was cut off where it is the limit. */
  readonly tokens?: number
  readonly isCut?: boolean
  /** An error in place of an answer. */
  readonly status?: number
  /** Before the answer comes. */
  readonly afterMs?: number
}

/** A provider on this machine that speaks the OpenAI protocol and answers as the test says. */
export interface Provider {
  readonly url: string
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

export async function startProvider(answer: (asked: Asked) => Answered): Promise<Provider> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void readAsked(request).then((question) => {
      if (question === null) return send(response, 200, { data: [{ id: 'small' }, { id: 'large' }] })
      asked.push(question)
      const answered = answer(question)
      setTimeout(() => reply(response, answered), answered.afterMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** `standard`, of a price, and the cheaper `local`, bound to it; in the workspace's settings. */
export function bindTiers(workspace: string, { url }: Provider, more = ''): void {
  const tier = (name: string, model: string, price: number) =>
    `  ${name}: { backend: openai-compatible, model: ${model}, baseUrl: "${url}", price: { input: ${price}, output: ${price * 5} } }`
  const tiers = [tier('standard', 'large', 100), tier('local', 'small', 1)].join('\n')
  writeFileSync(join(workspace, 'jacquard.yaml'), `tiers:\n${tiers}\n${more}`)
}

/** A chain of one model stage over numbered texts. */
export function writeChain(workspace: string, { items, stage }: { items: number; stage: string }): void {
  const texts = Array.from({ length: items }, (_, index) => `"letter ${index + 1}"`).join(', ')
  const text = `jacquard: 1\nname: Letters\nsource: { text: [${texts}] }\nstages:\n  answer:\n    kind: model\n    tier: standard\n${stage}\n`
  writeFileSync(join(workspace, 'chains/letters.chain.yaml'), text)
}

async function readAsked(request: IncomingMessage): Promise<Asked | null> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  if (request.method !== 'POST') return null
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    readonly model: string
    readonly messages: readonly { readonly content: unknown }[]
    readonly max_tokens?: number
    readonly max_completion_tokens?: number
  }
  const text = body.messages.map(({ content }) => String(content)).join('\n')
  return { model: body.model, text, maxTokens: body.max_tokens ?? body.max_completion_tokens ?? null }
}

function reply(response: ServerResponse, { text, tokens = 20, isCut = false, status = 200 }: Answered): void {
  const answer = {
    model: 'stand-in',
    choices: [{ message: { role: 'assistant', content: text }, finish_reason: isCut ? 'length' : 'stop' }],
    usage: { prompt_tokens: 50, completion_tokens: tokens },
  }
  send(response, status, status === 200 ? answer : { error: { message: text } })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
