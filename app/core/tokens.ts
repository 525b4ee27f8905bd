import { graphemeEnds } from '../../shared/expressions/graphemes.ts'
import { tokenizerPieces } from './tokenizerPieces.ts'

/** What of `gpt-tokenizer` is used here, once it is there. */
interface Tokenizer {
  encode(piece: string): readonly number[]
  count(piece: string): number
  /** What each token stands for: text, or bytes where it is only a part of a character. */
  readonly vocabulary: readonly (string | readonly number[] | undefined)[]
}

let loading: Promise<void> | null = null
let tokenizer: Tokenizer | null = null

/**
 * Makes `countTokens` and `tokenUnits` ready. The vocabulary (o200k, that of OpenAI's newer models; others cut much alike)
 * takes about 200 ms to load: only what needs it asks for it. May be called any number of times.
 */
export function loadTokenizer(): Promise<void> {
  loading ??= load()
  return loading
}

async function load(): Promise<void> {
  const [encoding, ranks] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
  ])
  encoding.setMergeCacheSize(10_000)
  // Names of special tokens inside an item's text are text.
  const asText = { disallowedSpecial: new Set<string>() }
  tokenizer = {
    encode: (piece) => encoding.encode(piece, asText),
    count: (piece) => encoding.countTokens(piece, asText),
    vocabulary: ranks.default,
  }
}

function loaded(): Tokenizer {
  if (tokenizer === null) throw new Error('loadTokenizer() must be done before tokens are counted.')
  return tokenizer
}

/** Longer texts are counted by samples: the time for one text stays under about a second. */
const COUNTED_WHOLE = 1_000_000
const SAMPLES = 50

/** Tokens of a text; beyond a million characters extrapolated from samples spread over it. Needs `loadTokenizer`. */
export function countTokens(text: string): number {
  const { count } = loaded()
  const countAll = (part: string) => {
    let sum = 0
    for (const piece of tokenizerPieces(part)) sum += count(piece)
    return sum
  }
  if (text.length <= COUNTED_WHOLE) return countAll(text)
  const length = COUNTED_WHOLE / SAMPLES
  let sum = 0
  for (let sample = 0; sample < SAMPLES; sample++) {
    const start = Math.floor((sample * (text.length - length)) / (SAMPLES - 1))
    sum += countAll(text.slice(start, start + length))
  }
  return Math.round((sum * text.length) / COUNTED_WHOLE)
}

/** Tokens of a text by its length and script: within a fifth for prose, for where the tokenizer is not worth loading. */
export function estimateTokens(text: string): number {
  const step = Math.max(1, Math.floor(text.length / 100_000))
  let quarters = 0
  let seen = 0
  for (let index = 0; index < text.length; index += step) {
    const unit = text.charCodeAt(index)
    quarters += unit < 0x80 ? 1 : unit < 0x2000 ? 1.7 : 3.2
    seen += 1
  }
  return seen === 0 ? 0 : Math.ceil((quarters / 4 / seen) * text.length)
}

/** A text cut into its tokens; tokens that share one visible character (an emoji of many) are one unit. */
export interface TokenUnits {
  /** UTF-16 offsets, ascending; the last is the text's length. */
  readonly ends: Uint32Array
  /** Tokens of each unit. */
  readonly weights: Uint32Array
}

/** Needs `loadTokenizer`. About 100 ms for a million characters of English, a second and more for other scripts. */
export function tokenUnits(text: string): TokenUnits {
  const { encode, vocabulary } = loaded()
  const ends = new Uint32Array(text.length)
  const weights = new Uint32Array(text.length)
  const graphemes = JOINS.test(text) ? graphemeEnds(text) : null
  let grapheme = 0
  let count = 0
  let weight = 0
  let position = 0
  for (const piece of tokenizerPieces(text))
    for (const token of encode(piece)) {
      const part = vocabulary[token]
      position += typeof part === 'string' ? part.length : unitsBegun(part ?? [])
      weight += 1
      if (graphemes !== null) {
        while ((graphemes[grapheme] ?? text.length) < position) grapheme += 1
        if (graphemes[grapheme] !== position) continue
      }
      // The bytes of one character may be spread over several tokens: those behind the first begin no character.
      if (count > 0 && ends[count - 1] === position) weights[count - 1] = (weights[count - 1] ?? 0) + weight
      else {
        ends[count] = position
        weights[count] = weight
        count += 1
      }
      weight = 0
    }
  return { ends: ends.subarray(0, count), weights: weights.subarray(0, count) }
}

/** Some unit of the text may join with another. */
const JOINS = /\r\n|[^\0-\u02ff]/

/** UTF-16 units of the characters that begin in some bytes of UTF-8. */
function unitsBegun(bytes: readonly number[]): number {
  let units = 0
  for (const byte of bytes) if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
  return units
}
