import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { WebAnswer, WebRequest } from '../ports/webClient.ts'
import { createWebClient } from './webClient.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

async function serve(listener: Listener): Promise<string> {
  const server = createServer((request, response) => void listener(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const web = createWebClient()
const ask = (url: string, more: Partial<WebRequest> = {}, signal = new AbortController().signal): Promise<WebAnswer> =>
  web.request({ url, method: 'GET', headers: {}, body: null, maxBytes: 100_000, timeoutMs: 5000, ...more }, signal)

const seen = async (request: IncomingMessage) => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body: await text(request),
})

describe('a request to the web', () => {
  it('sends method, headers and body, and gives status, headers in lower case, text and JSON', async () => {
    const origin = await serve(async (request, response) => {
      response.writeHead(201, { 'Content-Type': 'application/vnd.x+json; charset=utf-8', 'X-Seen': 'yes' })
      response.end(JSON.stringify(await seen(request)))
    })
    const answer = await ask(`${origin}/a?b=1`, { method: 'POST', headers: { 'X-Mine': 'm' }, body: 'höhe' })
    expect(answer).toMatchObject({
      ok: true,
      status: 201,
      headers: { 'x-seen': 'yes' },
      json: { method: 'POST', url: '/a?b=1', headers: { 'x-mine': 'm' }, body: 'höhe' },
    })
    expect(answer.ok && JSON.parse(answer.text)).toEqual(answer.ok && answer.json)
  })

  it('takes any status as an answer', async () => {
    const origin = await serve((_request, response) => response.writeHead(404).end('gone'))
    expect(await ask(origin)).toMatchObject({ ok: true, status: 404, text: 'gone', json: null })
  })

  it('takes an answer without a body, whatever length it tells of', async () => {
    const origin = await serve((_request, response) => response.writeHead(200, { 'content-length': 9_000_000 }).end())
    expect(await ask(origin, { method: 'HEAD' })).toMatchObject({ ok: true, status: 200, text: '', bytes: 0 })
    const empty = await serve((_request, response) => response.writeHead(204).end())
    expect(await ask(empty)).toMatchObject({ ok: true, status: 204, text: '', json: null })
  })

  it('keeps all cookies of an answer', async () => {
    const origin = await serve((_request, response) => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end())
    expect(await ask(origin)).toMatchObject({ headers: { 'set-cookie': 'a=1, b=2' } })
  })

  it('tells how long the server asks to wait', async () => {
    const origin = await serve((_request, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    expect(await ask(origin)).toMatchObject({ status: 429, retryAfterMs: 7000 })
  })

  it.each([
    ['text/plain; charset=ISO-8859-1', Buffer.from('h\xf6he', 'latin1')],
    ['text/plain', Buffer.from('höhe')],
    ['text/plain; charset=utf-16le', Buffer.from('höhe', 'utf16le')],
    ['text/plain', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('höhe', 'utf16le')])],
    ['text/plain; charset="no-such"', Buffer.from('höhe')],
  ])('decodes what says that it is %s', async (type, body) => {
    const origin = await serve((_request, response) => response.writeHead(200, { 'content-type': type }).end(body))
    expect(await ask(origin)).toMatchObject({ text: 'höhe' })
  })

  it('decodes a page as the page itself says', async () => {
    const page = Buffer.from('<html><meta charset="windows-1252"><p>h\xf6he', 'latin1')
    const origin = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    )
    expect(await ask(origin)).toMatchObject({ text: expect.stringContaining('höhe') })
  })

  it('gives null for JSON that is none, and unpacks what is packed', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const origin = await serve((_request, response) => response.writeHead(200, headers).end(gzipSync('{broken')))
    expect(await ask(origin)).toMatchObject({ text: '{broken', json: null, bytes: 7 })
  })
})

describe('an answer that is too long', () => {
  it('is not read where its length is announced', async () => {
    const origin = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 2_000_000 }).write('x'),
    )
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'too_long' } })
  })
  it('is given up while it comes, however small it was packed', async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000))
    const origin = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    )
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'too_long' } })
  })
  it('is given up although it never ends', async () => {
    let isOpen = true
    const origin = await serve((_request, response) => {
      response.on('close', () => {
        isOpen = false
      })
      const more = () => response.write('x'.repeat(10_000), () => isOpen && setImmediate(more))
      more()
    })
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'too_long' } })
    await expect.poll(() => isOpen).toBe(false)
  })
})

describe('redirects', () => {
  it('are followed five times at the most', async () => {
    const origin = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    expect(await ask(`${origin}/5`)).toMatchObject({ ok: true, text: 'there' })
    expect(await ask(`${origin}/6`)).toMatchObject({
      ok: false,
      failure: { kind: 'invalid_input', message: expect.stringContaining('more than 5 times') },
    })
  })
  it('lead nowhere but to http and https', async () => {
    const origin = await serve((_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'invalid_input' } })
  })
  it('give no other server the key that was meant for the first', async () => {
    const other = await serve(async (request, response) => response.end(JSON.stringify(await seen(request))))
    const origin = await serve((_request, response) => response.writeHead(302, { location: `${other}/x` }).end())
    const answer = await ask(origin, { headers: { Authorization: 'Bearer k', Cookie: 'c', 'X-Mine': 'm' } })
    const { headers } = JSON.parse(answer.ok ? answer.text : '{}') as { headers: Record<string, string> }
    expect(headers).toMatchObject({ 'x-mine': 'm' })
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
  })
  it.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'b'],
    [308, 'POST', 'b'],
  ])('with %i ask by %s', async (status, method, body) => {
    const origin = await serve(async (request, response) => {
      if (request.url === '/') response.writeHead(status, { location: '/there' }).end()
      else response.end(JSON.stringify(await seen(request)))
    })
    const answer = await ask(origin, { method: 'POST', body: 'b' })
    expect(JSON.parse(answer.ok ? answer.text : '{}')).toMatchObject({ method, body })
  })
})

describe('a request that fails', () => {
  it('sends the name and the password of an address as a header, and tells no one', async () => {
    const origin = await serve(async (request, response) => response.end(JSON.stringify(await seen(request))))
    const answer = await ask(origin.replace('//', '//user:p%40ss@'))
    expect(JSON.parse(answer.ok ? answer.text : '{}')).toMatchObject({
      headers: { authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
    })
    const refused = await ask('http://user:secret@127.0.0.1:2/')
    expect(refused).toMatchObject({
      ok: false,
      failure: {
        kind: 'provider',
        cause: 'transient',
        message: expect.stringContaining('Nothing answers at 127.0.0.1:2'),
      },
    })
    expect(JSON.stringify(refused)).not.toContain('secret')
  })
  it('as nothing of the kind can be asked is never asked again', async () => {
    for (const request of [
      ask('ftp://example.org/'),
      ask('no address'),
      ask('http://127.0.0.1/', { body: 'b' }),
      ask('http://127.0.0.1/', { headers: { 'not a name': 'x' } }),
    ])
      expect(await request).toMatchObject({ ok: false, failure: { kind: 'invalid_input' } })
  })
  it('in its time says so', async () => {
    const origin = await serve(() => undefined)
    expect(await ask(origin, { timeoutMs: 30 })).toMatchObject({ ok: false, failure: { kind: 'timeout', afterMs: 30 } })
  })
  it('in its time says so while the answer comes, too', async () => {
    const origin = await serve((_request, response) => response.writeHead(200).write('x'))
    expect(await ask(origin, { timeoutMs: 50 })).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
  })
  it('as the run was stopped is cancelled', async () => {
    const origin = await serve(() => undefined)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 20)
    expect(await ask(origin, {}, stop.signal)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(await ask(origin, {}, stop.signal)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
  })
  it('as the connection was cut may heal', async () => {
    const origin = await serve((_request, response) => response.destroy())
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'provider', cause: 'transient' } })
  })
  it('as the connection was cut in the middle may heal', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('x')
      setTimeout(() => response.destroy(), 10)
    })
    expect(await ask(origin)).toMatchObject({ ok: false, failure: { kind: 'provider', cause: 'transient' } })
  })
})
