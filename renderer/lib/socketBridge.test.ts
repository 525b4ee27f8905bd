import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import type { HostEvent } from '../../shared/api.ts'
import { decodeWire, encodeWire, type FromHost, type ToHost } from '../../shared/wire.ts'
import { type Connection, openSocketBridge, type SocketBridge } from './socketBridge.ts'

const endings: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** Answers every call by `answer`; undefined: never. */
async function aServer(answer: (call: ToHost) => Omit<FromHost, 'id'> | undefined, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port })
  await new Promise((resolve) => server.once('listening', resolve))
  const sockets = new Set<ServerSocket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('message', (data: Buffer) => {
      const call = decodeWire(data) as ToHost
      const message = answer(call)
      if (message !== undefined) socket.send(encodeWire({ ...message, id: call.id } as FromHost))
    })
  })
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.terminate()
      server.close(() => resolve())
    })
  endings.push(close)
  const push = (event: HostEvent) => {
    for (const socket of sockets) socket.send(encodeWire({ kind: 'event', event }))
  }
  return { port: (server.address() as AddressInfo).port, close, push }
}

function aBridge(port: number): { bridge: SocketBridge; connections: Connection[] } {
  const connections: Connection[] = []
  const bridge = openSocketBridge(`ws://127.0.0.1:${port}/wire`, (connection) => connections.push(connection))
  endings.push(() => bridge.close())
  return { bridge, connections }
}

const echo = (call: ToHost) => ({ kind: 'reply' as const, reply: { ok: true, value: [call.command, call.request] } })

it('gives each call its own answer, those made before the connection stood included', async () => {
  const { port } = await aServer(echo)
  const { bridge } = aBridge(port)
  const replies = await Promise.all([bridge.call('a', { n: 1 }), bridge.call('b', { n: 2 })])
  expect(replies).toEqual([
    { ok: true, value: ['a', { n: 1 }] },
    { ok: true, value: ['b', { n: 2 }] },
  ])
})

it('rejects a call that met a bug of the host', async () => {
  const { port } = await aServer(() => ({ kind: 'bug', message: 'boom' }) as never)
  const { bridge } = aBridge(port)
  await expect(bridge.call('a', {})).rejects.toThrow('boom')
})

it('hands on events until the subscription ends', async () => {
  const server = await aServer(echo)
  const { bridge } = aBridge(server.port)
  const events: HostEvent[] = []
  const stop = bridge.listen((event) => events.push(event))
  await bridge.call('a', {})
  server.push({ kind: 'runsChanged' })
  await vi.waitFor(() => expect(events).toEqual([{ kind: 'runsChanged' }]))
  stop()
  server.push({ kind: 'tiersChanged' })
  await bridge.call('a', {})
  expect(events).toHaveLength(1)
})

it('answers what a loss interrupts with an error the person can act on, and connects again by itself', async () => {
  const first = await aServer(() => undefined)
  const { bridge, connections } = aBridge(first.port)
  const unanswered = bridge.call('a', {})
  await vi.waitFor(() => expect(connections).toEqual(['open']))
  await first.close()
  expect(await unanswered).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
  expect(await bridge.call('b', {})).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
  await aServer(echo, first.port)
  await vi.waitFor(() => expect(connections).toEqual(['open', 'lost', 'open']), 5_000)
  expect(await bridge.call('c', {})).toEqual({ ok: true, value: ['c', {}] })
})

it('answers calls that wait for a host that is not there', async () => {
  const server = await aServer(echo)
  await server.close()
  const { bridge } = aBridge(server.port)
  expect(await bridge.call('a', {})).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
})
