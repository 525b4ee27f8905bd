import { SourceBroken } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { ValueScan } from './jsonValueScan.ts'

/** One element of a JSON list as it lies in its file, not parsed yet. */
export interface RawElement {
  readonly bytes: Buffer
  /** It is longer than is read: `bytes` is empty. */
  readonly isTooLong: boolean
}

export interface ListWanted {
  /** Names that lead to the list. */
  readonly path: readonly string[]
  /** Elements passed over, at no more cost than the search for their end. */
  readonly skip: number
  /** A longer element is not held in memory. */
  readonly maxBytes: number
}

type State = 'value' | 'firstName' | 'name' | 'colon' | 'afterMember' | 'firstElement' | 'element' | 'afterElement'

const MAX_NAME_BYTES = 10_000
const [QUOTE, COMMA, COLON] = [34, 44, 58]
const [LIST, LIST_END, OBJECT, OBJECT_END] = [91, 93, 123, 125]

/**
 * Finds the elements of one list in a JSON text that comes in pieces, and holds no more of it than one element. What is
 * wrong within an element shows when it is parsed; `push` and `end` throw `SourceBroken` where the list itself cannot be
 * found or followed (the message says why, without naming the file).
 */
export class JsonListScanner {
  readonly #wanted: ListWanted
  #state: State = 'value'
  /** Names of the path that have been found. */
  #level = 0
  /** A value that has begun, and what it is there for. */
  #inside: { readonly scan: ValueScan; readonly as: 'name' | 'passed' | 'element' } | null = null
  #isMember = false
  #names: string[] = []
  #count = 0
  #isDone = false

  constructor(wanted: ListWanted) {
    this.#wanted = wanted
  }

  /** Elements that have ended so far, those passed over included. */
  get count(): number {
    return this.#count
  }

  /** The list is at its end: what follows in the file does not matter. */
  get isDone(): boolean {
    return this.#isDone
  }

  push(chunk: Buffer): readonly RawElement[] {
    const found: RawElement[] = []
    let at = 0
    while (at < chunk.length && !this.#isDone) {
      if (this.#inside !== null) {
        at = this.#inside.scan.push(chunk, at)
        if (this.#inside.scan.isEnded) this.#valueEnded(found)
      } else {
        const byte = chunk[at] ?? 0
        // A value's first byte is read again, as part of it.
        if (isSpace(byte) || !this.#step(byte)) at++
      }
    }
    return found
  }

  /** The file is at its end. */
  end(): void {
    if (this.#isDone) return
    if (this.#state === 'value' && this.#level === 0 && this.#inside === null) throw new SourceBroken('It is empty.')
    throw new SourceBroken(`It ends in the middle of the list, after ${this.#count} elements.`)
  }

  /** Takes one byte outside of any value; gives whether a value begins with it. */
  #step(byte: number): boolean {
    switch (this.#state) {
      case 'value':
        return this.#enter(byte)
      case 'firstName':
      case 'name':
        if (byte === OBJECT_END && this.#state === 'firstName') throw this.#noSuchName()
        if (byte !== QUOTE) throw this.#unexpected(byte, 'a name in quotes')
        return this.#begin('name', MAX_NAME_BYTES)
      case 'colon':
        if (byte !== COLON) throw this.#unexpected(byte, 'a colon')
        this.#state = this.#isMember ? 'value' : 'afterMember'
        if (!this.#isMember) this.#inside = { scan: new ValueScan(0), as: 'passed' }
        return false
      case 'afterMember':
        if (byte === OBJECT_END) throw this.#noSuchName()
        if (byte !== COMMA) throw this.#unexpected(byte, 'a comma')
        this.#state = 'name'
        return false
      case 'firstElement':
      case 'element':
        if (byte === LIST_END && this.#state === 'firstElement') return this.#finish()
        if (byte === COMMA || byte === LIST_END) throw this.#unexpected(byte, 'an element')
        return this.#begin('element', this.#count < this.#wanted.skip ? 0 : this.#wanted.maxBytes)
      case 'afterElement':
        if (byte === LIST_END) return this.#finish()
        if (byte !== COMMA) throw this.#unexpected(byte, 'a comma')
        this.#state = 'element'
        return false
    }
  }

  #enter(byte: number): boolean {
    const isList = this.#level === this.#wanted.path.length
    if (byte !== (isList ? LIST : OBJECT)) throw this.#notThere(byte, isList)
    this.#state = isList ? 'firstElement' : 'firstName'
    this.#names = []
    return false
  }

  #begin(as: 'name' | 'element', maxBytes: number): boolean {
    this.#inside = { scan: new ValueScan(maxBytes), as }
    return true
  }

  #finish(): boolean {
    this.#isDone = true
    return false
  }

  #valueEnded(found: RawElement[]): void {
    const inside = this.#inside
    if (inside === null) return
    this.#inside = null
    switch (inside.as) {
      case 'name': {
        const name = nameOf(inside.scan.bytes())
        if (this.#names.length < 20) this.#names.push(name)
        this.#isMember = name === this.#wanted.path[this.#level]
        if (this.#isMember) this.#level++
        this.#state = 'colon'
        return
      }
      case 'passed':
        this.#state = 'afterMember'
        return
      case 'element':
        this.#state = 'afterElement'
        this.#count++
        if (this.#count > this.#wanted.skip)
          found.push({ bytes: inside.scan.bytes(), isTooLong: inside.scan.isTooLong })
    }
  }

  #notThere(byte: number, isList: boolean): SourceBroken {
    const found =
      byte === OBJECT ? 'an object' : byte === LIST ? 'a list' : byte === QUOTE ? 'a text' : 'a single value'
    const where = this.#level === 0 ? 'It' : `\`${this.#wanted.path.slice(0, this.#level).join('.')}\` in it`
    const hint = isList && byte === OBJECT ? ' Name the list in it with `path`.' : ''
    return new SourceBroken(`${where} is ${found}, not ${isList ? 'a list' : 'an object'}.${hint}`)
  }

  #noSuchName(): SourceBroken {
    const { path } = this.#wanted
    const where = this.#level === 0 ? 'it' : `\`${path.slice(0, this.#level).join('.')}\``
    return new SourceBroken(
      `There is no \`${path[this.#level]}\` in ${where}. It has: ${this.#names.join(', ') || 'nothing'}.`,
    )
  }

  #unexpected(byte: number, expected: string): SourceBroken {
    const place = this.#count === 0 ? 'before the first element' : `behind element ${this.#count}`
    return new SourceBroken(
      `It is not valid JSON ${place}: ${expected} was expected, not ${String.fromCharCode(byte)}.`,
    )
  }
}

function nameOf(quoted: Buffer): string {
  try {
    return String(JSON.parse(decodePiece(quoted)))
  } catch {
    // A name that is no valid text is no name that was asked for.
    return '?'
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}
