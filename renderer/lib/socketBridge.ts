import type { ApiError, HostBridge, HostEvent } from '../../shared/api.ts'
import { decodeWire, encodeWire, type FromHost } from '../../shared/wire.ts'

export type Connection = 'connecting' | 'open' | 'lost'

export interface SocketBridge extends HostBridge {
  /** Ends the connection for good. */
  close(): void
}

interface PendingCall {
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: Error) => void
}

const FIRST_RETRY_MS = 300
const LONGEST_RETRY_MS = 5_000

/**
 * The host of a browser window: what Electron's preload gives, over a WebSocket. Connects at once and again after
 * every loss, waiting longer each time. Calls made before the first connection wait for it; calls that a loss
 * interrupts, or that are made during one, resolve with an error the person can act on.
 */
export function openSocketBridge(url: string, onConnection: (connection: Connection) => void): SocketBridge {
  const listeners = new Set<(event: HostEvent) => void>()
  const pending = new Map<number, PendingCall>()
  let waiting: (() => void)[] = []
  let connection: Connection = 'connecting'
  let socket: WebSocket | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let nextId = 1
  let isClosed = false

  function setConnection(next: Connection): void {
    if (next === connection) return
    connection = next
    onConnection(next)
  }

  function connect(): void {
    const opened = new WebSocket(url)
    socket = opened
    opened.binaryType = 'arraybuffer'
    opened.addEventListener('open', () => {
      failures = 0
      setConnection('open')
      const calls = waiting
      waiting = []
      for (const send of calls) send()
    })
    opened.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) receive(decodeWire(data) as FromHost)
    })
    opened.addEventListener('close', lose)
  }

  function receive(message: FromHost): void {
    if (message.kind === 'event') {
      for (const listener of listeners) listener(message.event)
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'reply') call?.resolve(message.reply)
    else call?.reject(new Error(message.message))
  }

  function lose(): void {
    if (isClosed) return
    setConnection('lost')
    for (const call of pending.values()) call.resolve({ ok: false, error: LOST_WHILE_ASKING })
    pending.clear()
    const calls = waiting
    waiting = []
    // Never connected yet: they find the connection lost now, and answer so.
    for (const send of calls) send()
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS)
    failures++
    retryTimer = setTimeout(connect, delayMs)
  }

  connect()
  return {
    call(command, request) {
      return new Promise((resolve, reject) => {
        const send = () => {
          if (connection !== 'open' || socket === null) return resolve({ ok: false, error: NOT_CONNECTED })
          const id = nextId++
          pending.set(id, { resolve, reject })
          socket.send(encodeWire({ kind: 'call', id, command, request }))
        }
        if (connection === 'connecting') waiting.push(send)
        else send()
      })
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      isClosed = true
      clearTimeout(retryTimer)
      socket?.close()
    },
  }
}

const NOT_CONNECTED: ApiError = {
  kind: 'not_possible',
  message: 'Jacquard does not answer. If you stopped it, start it again and open the address that it prints.',
}
const LOST_WHILE_ASKING: ApiError = {
  kind: 'not_possible',
  message: 'The connection to Jacquard was lost before it answered. Once it is back, look whether it was done.',
}
