import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { HostBridge, HostEvent } from '../../shared/api.ts'
import type { RunProgress } from '../../shared/run.ts'
import { decodeWire, encodeWire, type FromHost, MAX_CALL_BYTES } from '../../shared/wire.ts'
import { type Server, startServer } from './startServer.ts'

/** The smallest app there can be: it answers, fails and pushes as told. */
class TinyApp implements HostBridge {
  readonly listeners = new Set<(event: HostEvent) => void>()
  async call(command: string, request: unknown): Promise<unknown> {
    if (command === 'explode') throw new Error('a bug of ours')
    return { ok: true, value: { command, request } }
  }
  listen(listener: (event: HostEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
  push(event: HostEvent): void {
    for (const listener of this.listeners) listener(event)
  }
}

let folder: string
let app: TinyApp
let server: Server

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jacquard-serve-'))
  await mkdir(join(folder, 'renderer/assets'), { recursive: true })
  await writeFile(join(folder, 'renderer/index.html'), '<p>the page</p>')
  await writeFile(join(folder, 'renderer/assets/index-1.js'), 'export {}')
  await writeFile(join(folder, 'secret.json'), '{"key":1}')
  app = new TinyApp()
  server = await startServer({ app, port: 0, rendererFolder: join(folder, 'renderer'), token: 'right' })
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: { readonly [name: string]: string | string[] | undefined }
  readonly body: string
}

/** By node:http, because fetch sets Host itself and tidies the path. */
async function get(path: string, headers: { [name: string]: string } = {}, method = 'GET'): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }).end()
  const [response] = await once(asked, 'response')
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }
}

async function logIn(): Promise<{ cookie: string }> {
  const { headers } = await get('/?token=right')
  return { cookie: headers['set-cookie']?.[0]?.split(';')[0] ?? '' }
}

async function connect(headers: { [name: string]: string } = {}, path = '/wire'): Promise<WebSocket> {
  const origin = `http://127.0.0.1:${server.port}`
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers: { origin, ...headers } })
  await once(socket, 'open')
  return socket
}

async function statusOfRefusal(headers: { [name: string]: string }, path = '/wire'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
  const [, response] = await once(socket, 'unexpected-response')
  response.resume()
  return response.statusCode
}

async function nextMessage(socket: WebSocket): Promise<FromHost> {
  const [data] = await once(socket, 'message')
  return decodeWire(data) as FromHost
}

it('exchanges the token for a cookie that scripts cannot read, and for an address without it', async () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/?token=right`)
  const { status, headers } = await get('/?token=right')
  expect(status).toBe(303)
  expect(headers.location).toBe('/')
  expect(headers['set-cookie']?.[0]).toMatch(/^jacquard-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(headers['set-cookie']?.[0]).not.toContain('right')
})

it('makes a token of its own that cannot be guessed', async () => {
  const other = await startServer({ app, port: 0, rendererFolder: folder })
  expect(new URL(other.url).searchParams.get('token')).toMatch(/^[\w-]{43}$/)
  await other.close()
})

it('serves the page and what it loads to who has the cookie', async () => {
  const cookie = await logIn()
  const page = await get('/', cookie)
  expect([page.status, page.body, page.headers['content-type']]).toEqual([
    200,
    '<p>the page</p>',
    'text/html; charset=utf-8',
  ])
  const script = await get('/assets/index-1.js', cookie)
  expect([script.status, script.body, script.headers['cache-control']]).toEqual([
    200,
    'export {}',
    'private, max-age=31536000, immutable',
  ])
})

it('sends a policy under which no foreign or inline script runs and nobody frames the page', async () => {
  const { headers } = await get('/', await logIn())
  const policy = headers['content-security-policy']
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
})

it('refuses who has neither cookie nor token', async () => {
  expect((await get('/')).status).toBe(401)
  expect((await get('/assets/index-1.js')).status).toBe(401)
  expect((await get('/?token=wrong')).status).toBe(401)
  expect((await get('/?token=')).status).toBe(401)
  expect((await get('/', { cookie: `jacquard-${server.port}=right` })).status).toBe(401)
})

it('refuses another Host, by which a foreign name could point here', async () => {
  const cookie = await logIn()
  expect((await get('/', { ...cookie, host: `evil.example:${server.port}` })).status).toBe(403)
  expect((await get('/', { ...cookie, host: '127.0.0.1' })).status).toBe(403)
  expect((await get('/', { ...cookie, host: `localhost:${server.port}` })).status).toBe(200)
})

it('refuses another Origin', async () => {
  const cookie = await logIn()
  expect((await get('/', { ...cookie, origin: 'http://evil.example' })).status).toBe(403)
})

it('answers nothing but GET', async () => {
  expect((await get('/', await logIn(), 'POST')).status).toBe(405)
})

it('never leaves the folder of the renderer', async () => {
  const cookie = await logIn()
  for (const path of ['/../secret.json', '/assets/../../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json'])
    expect((await get(path, cookie)).status).toBe(404)
})

it('says what to do where the renderer was not built', async () => {
  const other = await startServer({ app, port: 0, rendererFolder: join(folder, 'nowhere'), token: 'right' })
  const response = await fetch(`http://127.0.0.1:${other.port}/?token=right`, { redirect: 'manual' })
  const page = await fetch(`http://127.0.0.1:${other.port}/`, {
    headers: { cookie: response.headers.get('set-cookie') ?? '' },
  })
  expect([page.status, await page.text()]).toEqual([503, 'The workshop is not built yet: run "npm start" once.\n'])
  await other.close()
})

it('opens the socket only to a page of its own that has the cookie', async () => {
  const cookie = await logIn()
  const origin = `http://127.0.0.1:${server.port}`
  expect(await statusOfRefusal(cookie)).toBe(403)
  expect(await statusOfRefusal({ ...cookie, origin: 'http://evil.example' })).toBe(403)
  expect(await statusOfRefusal({ ...cookie, origin: `http://localhost:${server.port}` })).toBe(403)
  expect(await statusOfRefusal({ ...cookie, origin, host: `evil.example:${server.port}` })).toBe(403)
  expect(await statusOfRefusal({ origin })).toBe(401)
  expect(await statusOfRefusal({ origin }, '/wire?token=wrong')).toBe(401)
  expect(await statusOfRefusal({ ...cookie, origin }, '/elsewhere')).toBe(404)
  const socket = await connect(cookie)
  socket.close()
})

it('answers each call by its id, with bytes as bytes', async () => {
  const socket = await connect(await logIn())
  const bytes = new Uint8Array([1, 2, 3])
  socket.send(encodeWire({ kind: 'call', id: 7, command: 'files.upload', request: { bytes } }))
  const message = await nextMessage(socket)
  expect(message).toMatchObject({ kind: 'reply', id: 7, reply: { ok: true, value: { command: 'files.upload' } } })
  expect(message).toMatchObject({ reply: { value: { request: { bytes } } } })
})

it('answers a bug of ours as one, and goes on', async () => {
  const socket = await connect(await logIn())
  socket.send(encodeWire({ kind: 'call', id: 1, command: 'explode', request: {} }))
  expect(await nextMessage(socket)).toEqual({ kind: 'bug', id: 1, message: 'a bug of ours' })
  socket.send(encodeWire({ kind: 'call', id: 2, command: 'host.info', request: {} }))
  expect(await nextMessage(socket)).toMatchObject({ kind: 'reply', id: 2 })
})

it('ends a socket that sends anything else', async () => {
  for (const frame of ['text', Buffer.from([0xc1]), encodeWire({ kind: 'bug', id: 1, message: '' })]) {
    const socket = await connect(await logIn())
    socket.send(frame)
    const [code] = await once(socket, 'close')
    expect(code).toBe(1007)
  }
})

it('ends a socket that sends more than the bound', async () => {
  const socket = await connect(await logIn())
  socket.send(Buffer.alloc(MAX_CALL_BYTES + 1))
  const [code] = await once(socket, 'close')
  expect(code).toBe(1009)
})

it('pushes events to every page until it is gone', async () => {
  const cookie = await logIn()
  const [one, two] = [await connect(cookie), await connect(cookie)]
  const received = Promise.all([nextMessage(one), nextMessage(two)])
  app.push({ kind: 'chainsChanged' })
  expect(await received).toEqual([
    { kind: 'event', event: { kind: 'chainsChanged' } },
    { kind: 'event', event: { kind: 'chainsChanged' } },
  ])
  one.close()
  await once(one, 'close')
  await expect.poll(() => app.listeners.size).toBe(1)
})

it('merges what a slow page has not read yet, and loses no changed item', async () => {
  const socket = await connect(await logIn())
  socket.pause()
  // 4,000 pushes of 100 kB: far more than the sockets' own buffers hold.
  const pushes = 4000
  const bytes = 100_000
  for (let push = 0; push < pushes; push += 1) {
    app.push({ kind: 'runProgress', progress: aProgress(push, bytes) })
    if (push % 100 === 0) await new Promise(setImmediate)
  }
  const seen = new Set<number>()
  let messages = 0
  const all = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = decodeWire(data as Buffer) as { event: { progress: RunProgress } }
      messages += 1
      for (const index of message.event.progress.lanes[0]?.changed ?? []) seen.add(index)
      if (seen.has(pushes - 1)) resolve()
    })
  })
  socket.resume()
  await all
  expect(seen.size).toBe(pushes)
  expect(messages).toBeLessThan(pushes / 4)
})

it('knows its pages again after a restart with the same token, and not with another', async () => {
  const { port } = server
  const cookie = await logIn()
  await server.close()
  server = await startServer({ app, port, rendererFolder: join(folder, 'renderer'), token: 'right' })
  expect((await get('/', cookie)).status).toBe(200)
  await server.close()
  server = await startServer({ app, port, rendererFolder: join(folder, 'renderer') })
  expect((await get('/', cookie)).status).toBe(401)
})

it('lets its pages go and frees the port when it closes', async () => {
  const socket = await connect(await logIn())
  const closed = once(socket, 'close')
  await server.close()
  expect((await closed)[0]).toBe(1001)
  const again = await startServer({ app, port: server.port, rendererFolder: folder })
  expect(again.port).toBe(server.port)
  await expect(startServer({ app, port: server.port, rendererFolder: folder })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  await again.close()
})

/** One changed item, in a message of about `bytes`. */
function aProgress(index: number, bytes: number): RunProgress {
  const summary = { run: 'r1', stages: [{ id: 'a', lane: 0 }], sourceLabel: 'x'.repeat(bytes) }
  return {
    summary: summary as unknown as RunProgress['summary'],
    stageCounts: [],
    itemsPerSecond: null,
    remainingMs: null,
    limits: null,
    lanes: [{ changed: new Uint32Array([index]), states: new Uint8Array([1]) }],
  }
}
