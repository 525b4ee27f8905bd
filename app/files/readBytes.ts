import { createReadStream } from 'node:fs'
import { TextDecoder } from 'node:util'
import { markedEncoding } from './decodeText.ts'

/** Bytes read at once. Small, for the lines of one read are held until the last of them has begun to run. */
const READ_BYTES = 1 << 16

/**
 * A file from its start, read as it is asked for, in an encoding in which line ends, quotes and brackets are single
 * bytes: UTF-16 becomes UTF-8, a byte order mark is left out. UTF-8 and Windows-1252 stay as they are; `decodePiece`
 * tells them apart.
 */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null
  let isFirst = true
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    const marked = isFirst ? markedEncoding(chunk) : null
    isFirst = false
    if (marked === 'utf-16le' || marked === 'utf-16be') decoder = new TextDecoder(marked)
    if (decoder !== null) yield Buffer.from(decoder.decode(chunk, { stream: true }))
    else yield marked === 'utf-8' ? chunk.subarray(3) : chunk
  }
  if (decoder !== null) yield Buffer.from(decoder.decode())
}
