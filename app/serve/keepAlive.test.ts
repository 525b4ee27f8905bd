import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { keepAlive } from './keepAlive.ts'

let sockets: WebSocketServer
let stop: () => void

beforeEach(async () => {
  sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(sockets, 'listening')
  // On a busy machine an answer may take a while.
  stop = keepAlive(sockets, 300)
})
afterEach(() => {
  stop()
  sockets.close()
})

async function connect(autoPong: boolean): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`, { autoPong })
  await once(socket, 'open')
  return socket
}

it('ends a client that does not answer a ping, and keeps one that does', async () => {
  const [alive, gone] = [await connect(true), await connect(false)]
  await once(gone, 'close')
  expect(alive.readyState).toBe(WebSocket.OPEN)
  alive.terminate()
})
