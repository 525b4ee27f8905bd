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

/** So much of what both have stands before the first difference, where there is little room. */
const MOST_BEFORE = 60

/** From shortly before the first difference on. */
export function fromDifference(parts: readonly TextPart[]): readonly TextPart[] {
  const [first, ...rest] = parts
  if (first === undefined || rest.length === 0 || first.kind !== 'same' || first.text.length <= 2 * MOST_BEFORE)
    return parts
  return [{ ...first, text: `…${first.text.slice(-MOST_BEFORE)}` }, ...rest]
}

/** Of what is gone so much is shown where there is little room: what came in its place matters more. */
const MOST_REMOVED = 32

/** The beginning of a difference, with so many letters at the most. */
export function cutParts(parts: readonly TextPart[], most: number): readonly TextPart[] {
  const cut: TextPart[] = []
  let left = most
  for (const part of parts) {
    if (left <= 0) break
    const room = part.kind === 'removed' ? Math.min(left, MOST_REMOVED) : left
    const text = part.text.length <= room ? part.text : `${part.text.slice(0, room)}…`
    cut.push({ ...part, text })
    left -= text.length
  }
  return cut
}
