import { CELL_STATES } from '../../../shared/cell.ts'
import { BUCKET_FACTOR } from './gridLayout.ts'

/**
 * A run's cell states with counts of them over buckets of 4, 16, 64 … items, so that any zoom is drawn from as many
 * numbers as there are columns. It follows the states by differences: never by counting anew.
 */
export interface StatePyramid {
  readonly items: number
  readonly stages: number
  /** The states as they were counted, a row an item: a copy, so that the next ones can be compared with them. */
  readonly states: Uint8Array
  /** From the finest (buckets of 4) to the one that holds every item in one bucket. */
  readonly levels: readonly PyramidLevel[]
}

export interface PyramidLevel {
  readonly bucket: number
  readonly units: number
  /** `((unit × stages) + stage) × STATE_COUNT + state` → cells. As narrow as the bucket's size allows. */
  readonly counts: Uint8Array | Uint16Array | Uint32Array
}

export const STATE_COUNT = CELL_STATES.length

/** All cells waiting. */
export function createPyramid(items: number, stages: number): StatePyramid {
  const levels: PyramidLevel[] = []
  for (let bucket = BUCKET_FACTOR; ; bucket *= BUCKET_FACTOR) {
    const units = Math.max(1, Math.ceil(items / bucket))
    const counts = countsArray(bucket, units * stages * STATE_COUNT)
    for (let unit = 0; unit < units; unit++)
      for (let stage = 0; stage < stages; stage++)
        counts[(unit * stages + stage) * STATE_COUNT] = Math.min(bucket, items - unit * bucket)
    levels.push({ bucket, units, counts })
    if (units === 1) return { items, stages, states: new Uint8Array(items * stages), levels }
  }
}

function countsArray(bucket: number, length: number): PyramidLevel['counts'] {
  if (bucket < 2 ** 8) return new Uint8Array(length)
  if (bucket < 2 ** 16) return new Uint16Array(length)
  return new Uint32Array(length)
}

/**
 * Takes over the states of the given items (all that differ, where none are given) and tells which cells changed, as
 * positions in `states`.
 */
export function updatePyramid(pyramid: StatePyramid, states: Uint8Array, items: Uint32Array | null): readonly number[] {
  const changed = items === null ? differences(pyramid.states, states) : differencesAt(pyramid, states, items)
  for (const cell of changed) moveCell(pyramid, cell, states[cell] ?? 0)
  return changed
}

function moveCell(pyramid: StatePyramid, cell: number, state: number): void {
  const { stages } = pyramid
  const before = pyramid.states[cell] ?? 0
  pyramid.states[cell] = state
  let unit = Math.floor(cell / stages)
  const stage = cell - unit * stages
  for (const { counts } of pyramid.levels) {
    unit = Math.floor(unit / BUCKET_FACTOR)
    const at = (unit * stages + stage) * STATE_COUNT
    counts[at + before] = (counts[at + before] ?? 0) - 1
    counts[at + state] = (counts[at + state] ?? 0) + 1
  }
}

function differencesAt({ stages, states: before }: StatePyramid, states: Uint8Array, items: Uint32Array): number[] {
  const changed: number[] = []
  for (const item of items)
    for (let cell = item * stages; cell < (item + 1) * stages; cell++)
      if (before[cell] !== states[cell]) changed.push(cell)
  return changed
}

function differences(before: Uint8Array, after: Uint8Array): number[] {
  const changed: number[] = []
  const length = Math.min(before.length, after.length)
  // Four cells at a time: most of a million cells are as they were.
  const words = after.byteOffset % 4 === 0 ? length >> 2 : 0
  const wordsBefore = new Uint32Array(before.buffer, before.byteOffset, words)
  const wordsAfter = new Uint32Array(after.buffer, after.byteOffset, words)
  for (let word = 0; word < words; word++)
    if (wordsBefore[word] !== wordsAfter[word])
      for (let cell = word * 4; cell < word * 4 + 4; cell++) if (before[cell] !== after[cell]) changed.push(cell)
  for (let cell = words * 4; cell < length; cell++) if (before[cell] !== after[cell]) changed.push(cell)
  return changed
}

/** The level whose buckets have this size; buckets of one item have none: they are the states themselves. */
export function levelOf(pyramid: StatePyramid, bucket: number): PyramidLevel | null {
  return pyramid.levels.find((level) => level.bucket === bucket) ?? pyramid.levels.at(-1) ?? null
}

/** Cells of the whole run by state code, over all stages. */
export function totalCounts(pyramid: StatePyramid): readonly number[] {
  const totals: number[] = new Array(STATE_COUNT).fill(0)
  const top = pyramid.levels.at(-1)
  for (let stage = 0; stage < pyramid.stages; stage++)
    for (let state = 0; state < STATE_COUNT; state++)
      totals[state] = (totals[state] ?? 0) + (top?.counts[stage * STATE_COUNT + state] ?? 0)
  return totals
}

/** Counts of one stage of one bucket by state code. */
export function bucketCounts(
  pyramid: StatePyramid,
  { bucket, unit, stage }: { bucket: number; unit: number; stage: number },
): readonly number[] {
  const counts: number[] = new Array(STATE_COUNT).fill(0)
  if (bucket === 1) {
    const state = pyramid.states[unit * pyramid.stages + stage] ?? 0
    counts[state] = 1
    return counts
  }
  const level = levelOf(pyramid, bucket)
  const at = (unit * pyramid.stages + stage) * STATE_COUNT
  return counts.map((_, state) => level?.counts[at + state] ?? 0)
}
