/** What a call left open. */
export interface LeftOver<T> {
  readonly open: readonly T[]
  /** Items in the call. */
  readonly size: number
  /** How often these items have been asked for again because their own row was missing, doubled or invalid. */
  readonly rounds: number
}

/** An item shares so many further calls when its own row was wrong; then it is asked alone. */
const MAX_ROUNDS = 2

/**
 * How open items are asked again: a call that was in vain for all is halved, so that one item which breaks it is found in
 * few calls; what an answer left out or got wrong goes into calls of at most half the size, at last alone.
 */
export function againPacks<T>({ open, size, rounds }: LeftOver<T>): readonly (readonly T[])[] {
  if (open.length === size) return chunksOf(open, Math.ceil(size / 2))
  return chunksOf(open, rounds >= MAX_ROUNDS ? 1 : Math.max(1, Math.floor(size / 2)))
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/**
 * Shared calls that may be spent on what earlier ones left open: half as many as were planned, and enough to find every
 * bad item of one full call. Beyond that, open items are asked alone.
 */
export function mostAgain(planned: number, size: number): number {
  return Math.ceil(planned / 2) + 2 * size - 1
}
