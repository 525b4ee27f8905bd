import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/**
 * A provider on loopback that speaks the OpenAI protocol and answers every request after the same time. Started as a
 * process of its own, so that its processor time is not counted; prints its port.
 * Arguments: the time in milliseconds; `packs`, where the items of a shared call are to be answered one by one.
 */
const delayMs = Number(process.argv[2] ?? 20)

const hasPacks = process.argv[3] === 'packs'

const plain = answerOf('A short answer.')

const server = createServer((request, response) => {
  if (hasPacks) void text(request).then((body) => answerLater(response, answerOf(contentFor(body))))
  else request.resume().on('end', () => answerLater(response, plain))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`)
})

function answerLater(response: ServerResponse, answer: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) }
  setTimeout(() => response.writeHead(200, headers).end(answer), delayMs)
}

/** The items of a shared call are lines of JSON with an id in front; without one it is the call for one item. */
function contentFor(body: string): string {
  const ids = [...body.matchAll(/\\n\{\\"id\\":\\"(\w+)\\",\\"input\\"/g)].map(([, id]) => id)
  if (ids.length === 0) return 'A short answer.'
  return JSON.stringify({ results: ids.map((id) => ({ id, output: 'A short answer.' })) })
}

function answerOf(content: string): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
  })
}
