import type { WebSocket, WebSocketServer } from 'ws'

const INTERVAL_MS = 30_000

/**
 * Pings every client and ends those that did not answer the ping before: a laptop that slept, a tab that crashed.
 * Returns what stops it.
 */
export function keepAlive(sockets: WebSocketServer, intervalMs = INTERVAL_MS): () => void {
  const silent = new WeakSet<WebSocket>()
  sockets.on('connection', (socket: WebSocket) => socket.on('pong', () => silent.delete(socket)))
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate()
        continue
      }
      silent.add(socket)
      socket.ping()
    }
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}
