import { readBytes } from './readBytes.ts'

const NEWLINE = 10
const CARRIAGE_RETURN = 13

/** A line as it lies in its file, without its end, not decoded yet. */
export interface RawLine {
  readonly bytes: Buffer
  /** 1-based, blank lines counted. */
  readonly number: number
  /** It is longer than is read: `bytes` is empty. */
  readonly isTooLong: boolean
}

export interface LinesWanted {
  /** Lines passed over, at no more cost than the search for their end. */
  readonly skip: number
  /** A longer line is not held in memory. */
  readonly maxBytes: number
  /** Whether blank lines are given (and counted by `skip`) too. */
  readonly withBlank: boolean
}

/** Lines of a file in groups of one read. */
export async function* readLines(file: string, wanted: LinesWanted): AsyncGenerator<readonly RawLine[]> {
  const rest = new LineStart(wanted.maxBytes)
  let number = 0
  let passed = 0
  const take = (line: RawLine, into: RawLine[]) => {
    if (!wanted.withBlank && !line.isTooLong && isBlank(line.bytes)) return
    if (passed < wanted.skip) passed++
    else into.push(line)
  }
  for await (const chunk of readBytes(file)) {
    const lines: RawLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      number++
      take(rest.finish(chunk.subarray(start, end), number), lines)
      start = end + 1
    }
    if (start < chunk.length) rest.add(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (rest.isEmpty) return
  const last: RawLine[] = []
  take(rest.finish(Buffer.alloc(0), number + 1), last)
  if (last.length > 0) yield last
}

/** How many lines are not blank. */
export async function countLines(file: string, signal: AbortSignal): Promise<number> {
  let count = 0
  let isOpen = false
  for await (const chunk of readBytes(file)) {
    signal.throwIfAborted()
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

/** The part of a line that earlier reads brought. */
class LineStart {
  readonly #maxBytes: number
  #pieces: Buffer[] = []
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get isEmpty(): boolean {
    return this.#bytes === 0
  }

  add(piece: Buffer): void {
    this.#bytes += piece.length
    if (this.#bytes > this.#maxBytes) this.#pieces = []
    else this.#pieces.push(piece)
  }

  /** The line that `piece` ends. */
  finish(piece: Buffer, number: number): RawLine {
    const isTooLong = this.#bytes + piece.length > this.#maxBytes
    const whole = this.#pieces.length === 0 ? piece : Buffer.concat([...this.#pieces, piece])
    this.#pieces = []
    this.#bytes = 0
    const end = whole[whole.length - 1] === CARRIAGE_RETURN ? whole.length - 1 : whole.length
    return { bytes: isTooLong ? Buffer.alloc(0) : whole.subarray(0, end), number, isTooLong }
  }
}

function isBlank(bytes: Buffer, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== 32 && byte !== CARRIAGE_RETURN && byte !== 9) return false
  }
  return true
}
