import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { pageFile } from '../shared/pageFile.ts'
import { pageHeaders } from '../shared/pageHeaders.ts'

export const PAGE_URL = 'app://jacquard/'

export function isOurPage(url: string): boolean {
  return URL.canParse(url) && url.startsWith(PAGE_URL)
}

/** Makes `app:` an origin of its own, with the rules of a secure site. Must come before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers `app://jacquard/` with the built renderer and nothing else: a `file:` page could read the whole disk. */
export function servePage(rendererFolder: string): void {
  const headers = pageHeaders("'self'")
  protocol.handle('app', async ({ url, method }) => {
    const file = isOurPage(url) && method === 'GET' ? pageFile(new URL(url).pathname) : null
    if (file === null) return new Response('There is no such file.', { status: 404, headers })
    // A file that was not built is a bug of ours: the window stays empty and the rejection is reported.
    const bytes = await readFile(join(rendererFolder, file.path))
    return new Response(bytes, {
      headers: { ...headers, 'content-type': file.contentType, 'cache-control': file.cacheControl },
    })
  })
}
