/** Characters as JSON Schema counts them. */
function lengthOf(text: string): number {
  return [...text].length
}

/** Cuts at the end of a word, marked with `…`. */
export function cut(text: string, most: number): string {
  const letters = [...text]
  if (letters.length <= most) return text
  const head = letters.slice(0, Math.max(0, most - 1)).join('')
  const atWord = head.slice(0, Math.max(head.lastIndexOf(' '), 0)).replace(/[\s,;:–-]+$/, '')
  const kept = lengthOf(atWord) > most / 2 ? atWord : head
  return most < 2 ? letters.slice(0, most).join('') : `${kept}…`
}

/** Within the bounds on length; what is too short goes on with what else the text says. */
export function fitText(text: string, bounds: { least: number; most: number }, more: string): string {
  let long = text
  if (lengthOf(long) < bounds.least && more.trim() !== '') long = `${long} ${more}`.trim()
  if (lengthOf(long) < bounds.least) long = `${long}${'.'.repeat(bounds.least - lengthOf(long))}`
  const short = cut(long, bounds.most)
  // Cut at a word it may have become too short again: then the letters count more than the word.
  return lengthOf(short) < bounds.least ? [...long].slice(0, bounds.most).join('') : short
}
