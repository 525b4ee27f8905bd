const [QUOTE, COMMA, BACKSLASH] = [34, 44, 92]
const [LIST, LIST_END, OBJECT, OBJECT_END] = [91, 93, 123, 125]

/** Follows one JSON value, from its first byte, to its end, and collects it up to a bound. */
export class ValueScan {
  readonly #maxBytes: number
  #pieces: Buffer[] = []
  #length = 0
  #depth = 0
  #isInString = false
  #isEscaped = false
  #hasBegun = false
  #isEnded = false

  /** `maxBytes` 0: nothing is collected. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  get isTooLong(): boolean {
    return this.#length > this.#maxBytes
  }

  bytes(): Buffer {
    const [only, ...more] = this.#pieces
    return only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces)
  }

  /** Goes on at `start`; gives where the value or the piece ends. What ends a number (`,` or `]`) is not taken. */
  push(chunk: Buffer, start: number): number {
    const end = this.#find(chunk, start)
    this.#length += end - start
    if (this.#length > this.#maxBytes) this.#pieces = []
    else this.#pieces.push(chunk.subarray(start, end))
    return end
  }

  #find(chunk: Buffer, start: number): number {
    let at = start
    for (; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) {
          this.#isInString = false
          if (this.#depth === 0) return this.#end(at + 1)
        }
      } else if (byte === QUOTE) this.#isInString = true
      else if (byte === OBJECT || byte === LIST) this.#depth++
      else if (byte === OBJECT_END || byte === LIST_END) {
        if (this.#depth <= 1) return this.#end(this.#depth === 0 ? at : at + 1)
        this.#depth--
      } else if (this.#depth === 0) {
        const isBlank = byte <= 32
        if (byte === COMMA || (isBlank && this.#hasBegun)) return this.#end(at)
        if (isBlank) continue
      }
      this.#hasBegun = true
    }
    return at
  }

  #end(at: number): number {
    this.#isEnded = true
    return at
  }
}
