import type { Sample, SampleItem } from '../../shared/sample.ts'

/** An item of the source, as far as it says why it should be in a sample. */
export interface Candidate {
  readonly index: number
  readonly key: string
  /** null: not known. */
  readonly bytes: number | null
  /** It failed in the last run. */
  readonly hasFailed: boolean
  /** How unlike the others it is, 0 and up; null: not looked at. */
  readonly oddness: number | null
}

interface Options {
  readonly size: number
  /** Stay in: chosen by a person. */
  readonly kept: readonly SampleItem[]
}

/** Of ten items one is odd and up to two have failed; the rest stand at even steps of size. */
const ODD_SHARE = 0.1
const FAILED_SHARE = 0.2
/** Further from the others than three of four are from their middle. */
const LEAST_ODDNESS = 3

/**
 * Items that stretch a chain: the smallest, the largest and those between at even steps of size; what failed last; what is unlike
 * the rest. Distinct, ascending by size. Without sizes evenly spread over the source.
 */
export function chooseSample(candidates: readonly Candidate[], { size, kept }: Options): Sample {
  const chosen = new Map<number, SampleItem>(kept.slice(0, size).map((item) => [item.index, item]))
  const room = () => Math.max(0, size - chosen.size)
  const add = (candidate: Candidate, reason: SampleItem['reason']) => {
    if (room() === 0 || chosen.has(candidate.index)) return
    const { index, key, bytes } = candidate
    chosen.set(index, { index, key, bytes, reason })
  }
  const failed = candidates.filter(({ hasFailed }) => hasFailed)
  for (const candidate of evenly(failed, Math.min(room(), Math.ceil(size * FAILED_SHARE)))) add(candidate, 'failed')
  const odd = candidates
    .filter(({ oddness }) => oddness !== null && oddness >= LEAST_ODDNESS)
    .sort((a, b) => (b.oddness ?? 0) - (a.oddness ?? 0))
  for (const candidate of odd.slice(0, Math.floor(size * ODD_SHARE))) add(candidate, 'odd')
  const ordered = bySize(candidates.filter(({ index }) => !chosen.has(index)))
  const picked = evenly(ordered, room())
  for (const [at, candidate] of picked.entries())
    add(
      candidate,
      candidate.bytes === null ? 'quantile' : at === 0 ? 'smallest' : at === picked.length - 1 ? 'largest' : 'quantile',
    )
  return { items: [...chosen.values()].sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0) || a.index - b.index) }
}

function bySize(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.some(({ bytes }) => bytes === null)) return candidates
  return [...candidates].sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0) || a.index - b.index)
}

/** So many at even steps, both ends among them. */
function evenly<T>(ordered: readonly T[], count: number): readonly T[] {
  if (count >= ordered.length) return ordered
  if (count <= 1) return ordered.slice(Math.floor(ordered.length / 2), Math.floor(ordered.length / 2) + count)
  return Array.from(
    { length: count },
    (_, step) => ordered[Math.round((step * (ordered.length - 1)) / (count - 1))],
  ).filter((entry) => entry !== undefined)
}
