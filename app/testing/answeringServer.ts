import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../../shared/json.ts'

/** A request that came in; `body` is empty where it had none. */
export interface SeenRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: JsonObject
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void

export interface AnsweringServer {
  readonly url: string
  /** In the order of their coming. */
  readonly seen: readonly SeenRequest[]
  close(): Promise<void>
}

/** A server on this machine that answers every request as told and remembers it. */
export async function startAnsweringServer(answer: Answer): Promise<AnsweringServer> {
  const seen: SeenRequest[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as JsonObject
      const request = { path: incoming.url ?? '', headers: incoming.headers, body }
      seen.push(request)
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}
