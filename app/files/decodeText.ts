/**
 * Text of a file whose encoding nobody has told: by its byte order mark, else UTF-8, else (bytes that are not UTF-8)
 * Windows-1252, which reads Latin-1 as well. The mark is no part of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes)
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** `bytes` may be the first part of a file: a character cut at its end is no error. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    // Not UTF-8: that is the answer to the question asked here.
    return 'windows-1252'
  }
}
