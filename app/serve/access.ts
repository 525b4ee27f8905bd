import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What one request is given. `welcome`: it brought the token; it is to get the cookie and lose the token. */
export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'welcome'; readonly cookie: string }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly message: string }

const OTHER_SITE: Access = { kind: 'refused', status: 403, message: 'This request comes from another site.' }
const NO_TOKEN: Access = {
  kind: 'refused',
  status: 401,
  message: 'Open the address that "jacquard serve" printed: it holds the token that lets you in.',
}

/** Decides who may talk to a server on loopback, which any page in any browser of this machine can reach. */
export class Gate {
  readonly token: string
  /** Made from the token, so that a page goes on after a restart with the same one; tells nothing of the token. */
  readonly #session: string
  readonly #hosts: readonly string[]
  readonly #cookieName: string

  constructor(port: number, token = randomBytes(32).toString('base64url')) {
    this.token = token
    this.#session = createHmac('sha256', token).update('jacquard session').digest('base64url')
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
    // Cookies know no ports: without its own name a second server would log the first one's pages out.
    this.#cookieName = `jacquard-${port}`
  }

  /** For a page and what it loads. */
  ofRequest(request: IncomingMessage): Access {
    const { host, origin } = request.headers
    // A name that resolves to 127.0.0.1 is how a foreign page gets around the same-origin rule.
    if (host === undefined || !this.#hosts.includes(host)) return OTHER_SITE
    if (origin !== undefined && origin !== `http://${host}`) return OTHER_SITE
    if (sameText(this.#cookieOf(request), this.#session)) return { kind: 'granted' }
    if (!sameText(tokenOf(request), this.token)) return NO_TOKEN
    return { kind: 'welcome', cookie: `${this.#cookieName}=${this.#session}; Path=/; HttpOnly; SameSite=Strict` }
  }

  /** For a WebSocket, which browsers open across origins: without an Origin of ours it is refused. */
  ofUpgrade(request: IncomingMessage): Access {
    return request.headers.origin === undefined ? OTHER_SITE : this.ofRequest(request)
  }

  #cookieOf(request: IncomingMessage): string | null {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2)
      if (name === this.#cookieName && value !== undefined) return value
    }
    return null
  }
}

function tokenOf(request: IncomingMessage): string | null {
  const query = request.url?.split('?', 2)[1]
  return new URLSearchParams(query).get('token')
}

/** Takes the same time wherever the two differ, so that answers' timing tells nothing about the secret. */
function sameText(given: string | null, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return given !== null && timingSafeEqual(digest(given), digest(secret))
}
