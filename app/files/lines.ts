import { createReadStream } from 'node:fs'

const NEWLINE = 10
/** Bytes read at once. Small, for the lines of one read are held until the last of them has begun to run. */
const READ_BYTES = 1 << 16

/** A line as it lies in its file, not decoded yet. */
export interface RawLine {
  readonly bytes: Buffer
  /** 1-based, blank lines counted. */
  readonly number: number
}

/**
 * Lines of a file that are not blank, in groups of one read, from the `skip`-th such line on. Those passed over cost no
 * more than the search for their end. A line may be of any length that fits into memory.
 */
export async function* readLines(file: string, skip: number): AsyncGenerator<readonly RawLine[]> {
  let rest: Buffer[] = []
  let number = 0
  let passed = 0
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    const lines: RawLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      number++
      const piece = chunk.subarray(start, end)
      const bytes = rest.length === 0 ? piece : Buffer.concat([...rest, piece])
      rest = []
      start = end + 1
      if (isBlank(bytes)) continue
      if (passed < skip) passed++
      else lines.push({ bytes, number })
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  const last = Buffer.concat(rest)
  if (!isBlank(last) && passed >= skip) yield [{ bytes: last, number: number + 1 }]
}

/** How many lines are not blank. */
export async function countLines(file: string, signal: AbortSignal): Promise<number> {
  let count = 0
  let isOpen = false
  for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES, signal }) as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (isOpen || !isBlank(chunk, start, end)) count++
      isOpen = false
      start = end + 1
    }
    if (!isBlank(chunk, start)) isOpen = true
  }
  return isOpen ? count + 1 : count
}

function isBlank(bytes: Buffer, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== 32 && byte !== 13 && byte !== 9) return false
  }
  return true
}
