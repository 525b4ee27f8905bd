const LETTERS = 'bcdfghjkmnpqrstvwxz'
const DIGITS = '23456789'
const COUNT = LETTERS.length * DIGITS.length * LETTERS.length
/** Shares no factor with COUNT, so that no id comes twice; spreads neighbours far apart. */
const STRIDE = 1009

/**
 * Ids under which the items of one call go along: short, opaque, none like a number, a word or another. Never the items'
 * own keys, which may repeat, be long or say something. The same for every call of so many items.
 */
export function packIds(count: number): readonly string[] {
  if (count > COUNT) throw new Error(`There are no ids for ${count} items.`)
  return Array.from({ length: count }, (_, index) => {
    const number = ((index + 1) * STRIDE) % COUNT
    const last = number % LETTERS.length
    const rest = Math.floor(number / LETTERS.length)
    return `${LETTERS[Math.floor(rest / DIGITS.length)]}${DIGITS[rest % DIGITS.length]}${LETTERS[last]}`
  })
}
