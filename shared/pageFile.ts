const CONTENT_TYPES: { readonly [extension: string]: string } = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
}

export interface PageFile {
  /** Below the built renderer's folder, with `/`; never leaves it. */
  readonly path: string
  readonly contentType: string
  readonly cacheControl: string
}

/**
 * Which file of the built renderer answers a URL's path: for app/serve over HTTP and for electron/ over `app:`.
 * null: none does (a kind of file we do not ship, a path that could lead out of the folder).
 */
export function pageFile(pathname: string): PageFile | null {
  const path = pathname === '/' ? 'index.html' : pathname.slice(1)
  // Vite writes nothing but these characters, so nothing needs decoding and `..`, `\` and `%2e` cannot get through.
  if (!/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(path)) return null
  const contentType = CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)]
  if (contentType === undefined) return null
  // Names below assets/ hold a hash of the content.
  const cacheControl = path.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
  return { path, contentType, cacheControl }
}
