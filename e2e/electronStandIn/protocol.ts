import { requireNotReady, requireReady } from './app.ts'
import { answerTest } from './link.ts'
import { onlyKnown } from './onlyKnown.ts'

type Handler = (request: Request) => Response | Promise<Response>

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()

export interface PageResponse {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: Uint8Array
}

/** null: there is no such scheme. */
answerTest('request', async (url: string, method: string): Promise<PageResponse | null> => {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return null
  const response = await handler(new Request(url, { method }))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
})

export const protocol = onlyKnown('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: { standard?: boolean } }[]): void {
    requireNotReady('protocol.registerSchemesAsPrivileged')
    for (const { scheme, privileges } of schemes) if (privileges.standard) privileged.add(scheme)
  },
  handle(scheme: string, handler: Handler): void {
    requireReady('protocol.handle')
    // Without it a page of this scheme has no origin, and neither storage nor a policy's 'self' works.
    if (!privileged.has(scheme)) throw new Error(`${scheme}: was not registered as a standard scheme.`)
    handlers.set(scheme, handler)
  },
})
