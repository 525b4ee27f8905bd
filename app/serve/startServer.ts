import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { HostBridge } from '../../shared/api.ts'
import { MAX_CALL_BYTES, WIRE_PATH } from '../../shared/wire.ts'
import { Gate } from './access.ts'
import { keepAlive } from './keepAlive.ts'
import { answerPage } from './page.ts'
import { serveSocket } from './socket.ts'

export interface Server {
  /** With the token: the address to open. */
  readonly url: string
  readonly port: number
  /** Ends every connection. The app stays open: whoever made it closes it. */
  close(): Promise<void>
}

export interface ServerOptions {
  readonly app: HostBridge
  /** 0: any free one. */
  readonly port: number
  /** Where Vite wrote the renderer (dist/renderer). */
  readonly rendererFolder: string
  /** Without one, a new random one. With the same one and port as before, pages that are open connect again. */
  readonly token?: string
}

/**
 * Serves the workshop to browsers on this machine, on 127.0.0.1 only.
 * Rejects with Node's own error, of which `code` is EADDRINUSE or EACCES when the port is not to be had.
 */
export async function startServer({ app, port: wanted, rendererFolder, token }: ServerOptions): Promise<Server> {
  const http = createServer()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_CALL_BYTES, perMessageDeflate: false })

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(wanted, '127.0.0.1', resolve)
  })
  const { port } = http.address() as AddressInfo
  const gate = new Gate(port, token)

  http.on('request', (request, response) => {
    answerPage({ gate, folder: rendererFolder }, request, response).catch((bug: unknown) => {
      console.error(`jacquard serve: ${request.url} failed`, bug)
      response.destroy()
    })
  })
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const access = gate.ofUpgrade(request)
    if (access.kind === 'refused') return refuse(connection, `${access.status} Refused`)
    if (request.url?.split('?', 1)[0] !== WIRE_PATH) return refuse(connection, '404 Not Found')
    sockets.handleUpgrade(request, connection, head, (socket) => sockets.emit('connection', socket, request))
  })
  sockets.on('connection', (socket) => serveSocket(socket, app))
  const stopKeepAlive = keepAlive(sockets)

  return {
    url: `http://127.0.0.1:${port}/?token=${encodeURIComponent(gate.token)}`,
    port,
    close: () =>
      new Promise((resolve) => {
        stopKeepAlive()
        for (const socket of sockets.clients) socket.close(1001, 'the host ends')
        http.close(() => resolve())
        http.closeIdleConnections()
        // A page that does not answer the goodbye must not keep the process.
        setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate()
          http.closeAllConnections()
        }, 500).unref()
      }),
  }
}

function refuse(connection: Duplex, status: string): void {
  connection.on('error', () => connection.destroy())
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
