import type { Finding } from './findings.ts'
import { stem, wordsOf } from './words.ts'

/** Characters on either side in which a word still says what a number or a date is. */
const REACH = 70

/**
 * The finding that stands nearest to one of the words; null: none stands near. What comes before (`due on …`) counts
 * more than what comes after.
 */
export function nearest<F extends Finding>(text: string, findings: readonly F[], stems: ReadonlySet<string>): F | null {
  let best: { finding: F; distance: number } | null = null
  for (const finding of findings) {
    const before = wordsOf(text.slice(Math.max(0, finding.start - REACH), finding.start)).reverse()
    const after = wordsOf(text.slice(finding.start + finding.text.length, finding.start + finding.text.length + REACH))
    const behind = before.findIndex((word) => stems.has(stem(word)))
    const ahead = after.findIndex((word) => stems.has(stem(word)))
    const distance = Math.min(
      behind < 0 ? Number.POSITIVE_INFINITY : behind,
      ahead < 0 ? Number.POSITIVE_INFINITY : ahead + 0.5,
    )
    if (Number.isFinite(distance) && (best === null || distance < best.distance)) best = { finding, distance }
  }
  return best?.finding ?? null
}
