import { diffWordsWithSpace } from 'diff'

/** A stretch of text, and whether the other text has it too. */
export interface TextPart {
  readonly text: string
  /** `added`: not in the base. `removed`: in the base only. */
  readonly kind: 'same' | 'added' | 'removed'
}

/** So much is compared word by word; longer texts would hold up the window. */
const MOST_LETTERS = 20_000

/** Word by word, in reading order. */
export function wordDiff(base: string, text: string): readonly TextPart[] {
  if (base.length + text.length > MOST_LETTERS) return [{ text, kind: base === text ? 'same' : 'added' }]
  return diffWordsWithSpace(base, text).map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }))
}

/** The beginning of a difference, with so many letters at the most. */
export function cutParts(parts: readonly TextPart[], most: number): readonly TextPart[] {
  const cut: TextPart[] = []
  let left = most
  for (const part of parts) {
    if (left <= 0) break
    cut.push(part.text.length <= left ? part : { ...part, text: `${part.text.slice(0, left)}…` })
    left -= part.text.length
  }
  return cut
}
