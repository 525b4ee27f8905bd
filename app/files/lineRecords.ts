import { RE2JS, RE2JSException } from 're2js'
import { SourceBroken } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { type RawLine, readLines } from './lines.ts'

/** A longer record is a failed item and never stands in memory. */
export const MAX_RECORD_BYTES = 1_000_000
/** How much of a line is compared with the pattern: what begins a record stands at the start of its line. */
const MAX_COMPARED_BYTES = 4096

/** Lines of a log that belong together. */
export interface LineRecord {
  readonly lines: readonly Buffer[]
  /** Of its first line, 1-based. */
  readonly line: number
  readonly isTooLong: boolean
}

/** Whether a line begins a record. Linear in the line's length whatever the expression: it cannot hang. */
export type BeginsRecord = (line: Buffer) => boolean

/** Throws `SourceBroken` for an expression that is not understood. */
export function beginsRecord(pattern: string): BeginsRecord {
  try {
    const compiled = RE2JS.compile(pattern)
    return (line) => compiled.test(decodePiece(line.subarray(0, MAX_COMPARED_BYTES)))
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    throw new SourceBroken(
      `The source's pattern \`${pattern}\` is not understood: ${error.message}. It may not look ahead, look behind or refer back.`,
    )
  }
}

/**
 * Records of a file, in groups of one read, from the `skip`-th on. Without `begins` each line that is not blank is one.
 * Lines before the first that begins a record are a record of their own; blank ones at its end are no part of it.
 */
export async function* readRecords(
  file: string,
  begins: BeginsRecord | null,
  skip: number,
): AsyncGenerator<readonly LineRecord[]> {
  if (begins === null) {
    for await (const lines of readLines(file, { skip, maxBytes: MAX_RECORD_BYTES, withBlank: false }))
      yield lines.map(({ bytes, number, isTooLong }) => ({ lines: [bytes], line: number, isTooLong }))
    return
  }
  let open: OpenRecord | null = null
  let passed = 0
  for await (const lines of readLines(file, { skip: 0, maxBytes: MAX_RECORD_BYTES, withBlank: true })) {
    const ended: LineRecord[] = []
    for (const line of lines) {
      if (open !== null && !(!line.isTooLong && begins(line.bytes))) {
        open.add(line)
        continue
      }
      // Blank lines before the first record are nobody's.
      if (open === null && isBlank(line)) continue
      if (open !== null && ++passed > skip) ended.push(open.end())
      open = new OpenRecord(line, passed < skip)
    }
    if (ended.length > 0) yield ended
  }
  if (open !== null && passed >= skip) yield [open.end()]
}

/** A record whose end has not been seen. */
class OpenRecord {
  readonly #first: number
  /** It will not be given: nothing of it is held. */
  readonly #isPassed: boolean
  readonly #lines: Buffer[] = []
  #bytes = 0
  #isTooLong = false

  constructor(first: RawLine, isPassed: boolean) {
    this.#first = first.number
    this.#isPassed = isPassed
    this.add(first)
  }

  add(line: RawLine): void {
    if (this.#isPassed) return
    this.#bytes += line.bytes.length + 1
    this.#isTooLong ||= line.isTooLong || this.#bytes > MAX_RECORD_BYTES
    if (this.#isTooLong) this.#lines.length = 0
    else this.#lines.push(line.bytes)
  }

  end(): LineRecord {
    const last = this.#lines.findLastIndex((line) => line.some((byte) => byte > 32))
    return { lines: this.#lines.slice(0, last + 1), line: this.#first, isTooLong: this.#isTooLong }
  }
}

function isBlank({ bytes, isTooLong }: RawLine): boolean {
  return !isTooLong && !bytes.some((byte) => byte > 32)
}
