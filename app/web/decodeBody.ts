import type { Json } from '../../shared/json.ts'

/** Pages that name their encoding do so near their beginning. */
const LOOKED_AT_BYTES = 2048

/** As its byte order mark, its content type or the page itself says, in this order; else UTF-8. */
export function decodeBody(bytes: Uint8Array, contentType: string): string {
  const label = markOf(bytes) ?? charsetOf(contentType) ?? (isPage(contentType) ? charsetOfPage(bytes) : null)
  return decode(bytes, label ?? 'utf-8')
}

/** The text as JSON, where its content type says so and it is; null otherwise. */
export function readJson(text: string, contentType: string): Json {
  if (!/^[^;]*[/+]json\s*(;|$)/i.test(contentType)) return null
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? null
}

function isPage(contentType: string): boolean {
  return /\b(x?html|xml)\b/i.test(contentType)
}

function charsetOfPage(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT_BYTES)).toString('latin1')
  const named = /<meta[^>]*charset\s*=\s*["']?([\w.:-]+)|<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(start)
  return named?.[1] ?? named?.[2] ?? null
}

function decode(bytes: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label).decode(bytes)
  } catch (error) {
    // It names an encoding that nobody knows.
    if (!(error instanceof RangeError)) throw error
    return new TextDecoder('utf-8').decode(bytes)
  }
}
