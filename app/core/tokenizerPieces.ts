/** A piece is cut off at the first good place behind so many units, and cut anywhere after so many. */
const ENOUGH = 64
const MOST = 256

/**
 * A text in short pieces that a tokenizer may read one by one. A tokenizer's work on a run of letters grows with the
 * square of its length, and an item may be one run of a million; words, though, are never cut.
 */
export function* tokenizerPieces(text: string): Generator<string, void, undefined> {
  let start = 0
  while (start < text.length) {
    const end = endOfPiece(text, start)
    yield text.slice(start, end)
    start = end
  }
}

function endOfPiece(text: string, start: number): number {
  const most = Math.min(start + MOST, text.length)
  if (most === text.length) return most
  for (let at = start + ENOUGH; at < most; at++) if (tokensMeet(text, at)) return at
  const isInPair = (text.charCodeAt(most) & 0xfc00) === 0xdc00 && (text.charCodeAt(most - 1) & 0xfc00) === 0xd800
  return isInPair ? most - 1 : most
}

/** Between a word and the space or line end behind it: no token reaches over that. */
function tokensMeet(text: string, at: number): boolean {
  const after = text.charCodeAt(at)
  if (after === 32) return ENDS_WORD.test(text.charAt(at - 1))
  // A line end is one token with the punctuation before it.
  return (after === 10 || after === 13) && LETTER_OR_DIGIT.test(text.charAt(at - 1))
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const ENDS_WORD = /[\p{L}\p{N}.,;:!?)"]/u
