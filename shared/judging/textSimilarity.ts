import { distance } from 'fastest-levenshtein'

/** Longer texts are compared as far as this; an answer that is right so far and wrong behind is rare. */
const MOST_CHARACTERS = 20_000

/**
 * 1: the same; 0: nothing in common. One less the Levenshtein distance (characters to insert, remove or replace) over the
 * longer length. How letters are composed and how much white space stands between words does not count; case does.
 */
export function textSimilarity(a: string, b: string): number {
  const [left, right] = [normalised(a), normalised(b)]
  const longer = Math.max(left.length, right.length)
  return longer === 0 ? 1 : 1 - distance(left, right) / longer
}

function normalised(text: string): string {
  return text.slice(0, MOST_CHARACTERS).normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}
