import { isUtf8 } from 'node:buffer'

/**
 * Text of a file whose encoding nobody has told: by its byte order mark, else UTF-8, else (bytes that are not UTF-8)
 * Windows-1252, which reads Latin-1 as well. The mark is no part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes)
  return marked === null ? decodePiece(bytes) : new TextDecoder(marked).decode(bytes)
}

/**
 * Text of one line, cell or element out of a file. Each is judged by itself, for a file of many gigabytes cannot be
 * searched for its first odd byte before it is read.
 */
export function decodePiece(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Whatever is not UTF-8 has become this character. It may also have stood there before.
  if (!text.includes('\uFFFD') || isUtf8(bytes)) return text
  return new TextDecoder('windows-1252').decode(bytes)
}

export type MarkedEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** What the byte order mark says; null: there is none. `bytes` may be the first part of a file. */
export function markedEncoding(bytes: Uint8Array): MarkedEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
}

/**
 * Whether bytes are text at all, by the first of them: text holds no control characters but tabs, line and page ends,
 * and terminal colours.
 */
export function isText(bytes: Uint8Array): boolean {
  const marked = markedEncoding(bytes)
  if (marked === 'utf-16le' || marked === 'utf-16be') return true
  return bytes.subarray(0, 65_536).every((byte) => byte >= 32 || (byte >= 8 && byte <= 13) || byte === 27)
}
