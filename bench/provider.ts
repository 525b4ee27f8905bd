import { createServer } from 'node:http'

/**
 * A provider on loopback that speaks the OpenAI protocol and answers every request after the same time. Started as a
 * process of its own, so that its processor time is not counted; prints its port.
 * Arguments: the time in milliseconds.
 */
const delayMs = Number(process.argv[2] ?? 20)

const answer = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'bench',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'A short answer.' } }],
  usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 },
})
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) }

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    setTimeout(() => response.writeHead(200, headers).end(answer), delayMs)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`)
})
