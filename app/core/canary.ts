/** Items that go first where nobody says how many. */
const CANARY_ITEMS = 12
/** So many times the items at once: waiting for the canary then costs a fiftieth of the run's time at the most. */
const WORTH_WAITING = 50

interface CanaryOptions {
  /** What the launch says; 0: none. Left out: it says nothing. */
  readonly asked: number | undefined
  /** Items of the run. */
  readonly items: number
  readonly concurrency: number | 'unbounded'
}

/** How many items run before all others; 0: none do. */
export function canarySize({ asked, items, concurrency }: CanaryOptions): number {
  if (asked !== undefined) return asked >= items ? 0 : asked
  const least = WORTH_WAITING * (concurrency === 'unbounded' ? 1 : concurrency)
  return items >= least ? CANARY_ITEMS : 0
}

/**
 * Which of these go first: the smallest, the largest and those between at even steps of size; spread evenly by index
 * where sizes are not known. Distinct and ascending.
 */
export function chooseCanary(
  entries: readonly { readonly index: number; readonly bytes: number | null }[],
  count: number,
): readonly number[] {
  const isSized = entries.every(({ bytes }) => bytes !== null)
  const ordered = isSized ? [...entries].sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0) || a.index - b.index) : entries
  const last = ordered.length - 1
  const steps = Math.min(count, ordered.length)
  const places = Array.from({ length: steps }, (_, step) => (steps === 1 ? 0 : Math.round((step * last) / (steps - 1))))
  return places.flatMap((place) => ordered[place]?.index ?? []).sort((a, b) => a - b)
}
