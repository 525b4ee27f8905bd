import type { WebSocket } from 'ws'
import type { HostBridge } from '../../shared/api.ts'
import { decodeWire, encodeWire, type FromHost, type ToHost, toHost } from '../../shared/wire.ts'
import { EventQueue } from './eventQueue.ts'

/** Bytes that a client has not read yet, from which on events wait and are merged instead of being sent. */
const EVENTS_WAIT_FROM = 1024 * 1024
/** A client that asks on and on without reading the answers is cut off here. */
const MAX_UNREAD = 256 * 1024 * 1024

// Close codes of RFC 6455.
const NOT_UNDERSTOOD = 1007
const TOO_MUCH = 1008

/** Carries calls and events between one browser page and the host until the socket closes. */
export function serveSocket(socket: WebSocket, host: HostBridge): void {
  const waiting = new EventQueue()

  const send = (message: FromHost): void => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MAX_UNREAD) socket.close(TOO_MUCH, 'answers are not read')
    else socket.send(encodeWire(message), sendWaiting)
  }
  const sendWaiting = (): void => {
    if (waiting.isEmpty || socket.bufferedAmount > EVENTS_WAIT_FROM) return
    for (const event of waiting.take()) send({ kind: 'event', event })
  }
  const answer = async ({ id, command, request }: ToHost): Promise<void> => {
    try {
      send({ kind: 'reply', id, reply: await host.call(command, request) })
    } catch (bug) {
      // As Electron does for a handler that rejects: the page gets the message, the terminal the whole of it.
      console.error(`jacquard serve: ${command} failed`, bug)
      send({ kind: 'bug', id, message: bug instanceof Error ? bug.message : String(bug) })
    }
  }

  const stopListening = host.listen((event) => {
    waiting.add(event)
    sendWaiting()
  })
  socket.on('close', stopListening)
  // A broken frame or a lost connection; 'close' follows.
  socket.on('error', () => socket.terminate())
  socket.on('message', (data, isBinary) => {
    const message = isBinary && Buffer.isBuffer(data) ? parseFrame(data) : null
    if (message === null) return socket.close(NOT_UNDERSTOOD, 'not a call')
    void answer(message)
  })
}

/** null: not one of ours. */
function parseFrame(frame: Buffer): ToHost | null {
  try {
    return toHost.parse(decodeWire(frame))
  } catch {
    return null
  }
}
