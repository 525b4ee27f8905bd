import { distance } from 'fastest-levenshtein'

/** The candidate nearest to `name` by edit distance, if it is near enough to be a slip of the pen. */
export function closest(name: string, candidates: readonly string[]): string | null {
  let best: { candidate: string; away: number } | null = null
  for (const candidate of candidates) {
    const away = distance(name.toLowerCase(), candidate.toLowerCase())
    if (away <= Math.max(1, Math.floor(name.length / 3)) && (best === null || away < best.away))
      best = { candidate, away }
  }
  return best?.candidate ?? null
}
