import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type PageFile, pageFile } from '../../shared/pageFile.ts'
import { pageHeaders } from '../../shared/pageHeaders.ts'
import type { Access, Gate } from './access.ts'

/** Answers plain HTTP: the built renderer's files and nothing else. */
export async function answerPage(
  { gate, folder }: { gate: Gate; folder: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const access = gate.ofRequest(request)
  // Browsers without the newest security policy level do not count WebSockets in 'self'.
  const headers = pageHeaders(access.kind === 'refused' ? "'none'" : `'self' ws://${request.headers.host}`)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)

  if (access.kind === 'refused') return say(response, access.status, access.message)
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET is answered here.')
  if (access.kind === 'welcome') return welcome(response, access)

  const file = pageFile((request.url ?? '').split('?', 1).join())
  const bytes = file === null ? null : await readBuilt(folder, file)
  if (file === null || bytes === null) {
    const notBuilt = file?.path === 'index.html'
    const message = notBuilt ? 'The workshop is not built yet: run "npm start" once.' : 'There is no such file.'
    return say(response, notBuilt ? 503 : 404, message)
  }
  response.writeHead(200, {
    'content-type': file.contentType,
    'content-length': bytes.length,
    'cache-control': file.cacheControl,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** The redirect keeps the token out of the address bar, the history and what a bookmark would keep. */
function welcome(response: ServerResponse, { cookie }: Extract<Access, { kind: 'welcome' }>): void {
  response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' }).end()
}

function say(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${message}\n`)
}

/** null: no such file. */
async function readBuilt(folder: string, file: PageFile): Promise<Buffer | null> {
  try {
    return await readFile(join(folder, file.path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null
    throw error
  }
}
