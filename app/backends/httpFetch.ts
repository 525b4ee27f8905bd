import http from 'node:http'
import https from 'node:https'

/** No answer came: refused, reset, cut off, not found. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  /** Node's: `ECONNREFUSED`. */
  readonly code: string

  constructor(code: string) {
    // Not in the message: the SDKs look for `timed out` there, and replace what they find by an error that says less.
    super('No answer came.')
    this.code = code
  }
}

/** Servers close idle connections after five seconds or later; ours go first, so that none is reused as it dies. */
const IDLE_MS = 4000
const MAX_BODY_BYTES = 64 * 1024 * 1024

const agentOptions: https.AgentOptions = {
  keepAlive: true,
  maxFreeSockets: 1024,
  timeout: IDLE_MS,
  // The rule of Node's own fetch: a proxy is used only where this variable asks for it.
  ...(process.env.NODE_USE_ENV_PROXY === '1' ? { proxyEnv: process.env } : {}),
}
const agents = { 'http:': new http.Agent(agentOptions), 'https:': new https.Agent(agentOptions) }

/** An answer whose body is here already. The built-in one would put it through a stream and read it out again. */
class ReadResponse extends Response {
  override readonly text: () => Promise<string>
  override readonly json: () => Promise<unknown>

  constructor(body: Buffer, init: ResponseInit) {
    super(null, init)
    this.text = async () => body.toString()
    this.json = async () => JSON.parse(body.toString())
  }
}

interface Exchange {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * The `fetch` that the SDKs are given: one request with a text body, one answer read whole, no redirects. Two reasons
 * not to use the built-in one: it gives up on an answer whose headers take 300 s (a local model may need longer), and it
 * costs about 130 µs more processor time a call, which is more than the engine itself may cost.
 * Rejects with `NetworkError`, or with the reason of the signal.
 */
export async function httpFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input)
  const { status, headers, body } = await exchange(url, init)
  if (status < 200 || status > 599) throw new NetworkError(`HTTP status ${status}`)
  const received: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string') received[name] = value
  }
  return new ReadResponse(body, { status, headers: received })
}

function exchange(url: string, init: RequestInit): Promise<Exchange> {
  const body = init.body ?? ''
  if (typeof body !== 'string') throw new Error('httpFetch sends text only.')
  const headers = Object.fromEntries(new Headers(init.headers))
  if (body !== '') headers['content-length'] = String(Buffer.byteLength(body))
  const signal = init.signal ?? null
  const secure = url.startsWith('https:')
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = (secure ? https : http).request(url, {
      agent: agents[secure ? 'https:' : 'http:'],
      method: init.method ?? 'GET',
      headers,
    })
    const abort = () => request.destroy()
    signal?.addEventListener('abort', abort, { once: true })
    const fail = (error: Error) => {
      signal?.removeEventListener('abort', abort)
      reject(signal?.aborted ? signal.reason : new NetworkError(codeOf(error)))
    }
    request.on('error', fail)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes > MAX_BODY_BYTES) response.destroy(new Error('The answer is larger than 64 MB.'))
      })
      response.on('error', fail)
      response.on('end', () => {
        signal?.removeEventListener('abort', abort)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    request.end(body)
  })
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
