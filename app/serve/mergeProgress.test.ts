import { expect, it } from 'vitest'
import type { LaneChanges, RunProgress, RunSummary } from '../../shared/run.ts'
import { mergeProgress } from './mergeProgress.ts'

const STAGES = [
  { id: 'a', lane: 0 },
  { id: 'b', lane: 0 },
  { id: 'c', lane: 1 },
]
const summary = { run: 'r1', stages: STAGES } as unknown as RunSummary

interface Rows {
  readonly [index: number]: readonly number[]
}

/** Changes of the items, and of the groups made of them. */
function aProgress(items: Rows, itemsPerSecond: number, groups: Rows = {}): RunProgress {
  return {
    summary,
    stageCounts: [],
    itemsPerSecond,
    remainingMs: null,
    limits: null,
    lanes: [items, groups].map(changesOf),
  }
}

function changesOf(rows: Rows): LaneChanges {
  const indexes = Object.keys(rows).map(Number)
  return { changed: new Uint32Array(indexes), states: new Uint8Array(indexes.flatMap((index) => rows[index] ?? [])) }
}

it('keeps every item that changed in either, ascending, each with its newest states', () => {
  const older = aProgress({ 1: [1, 1], 4: [1, 1], 9: [1, 0] }, 3)
  const newer = aProgress({ 0: [2, 2], 4: [2, 2], 7: [2, 0] }, 5)
  expect(mergeProgress(older, newer)).toEqual(aProgress({ 0: [2, 2], 1: [1, 1], 4: [2, 2], 7: [2, 0], 9: [1, 0] }, 5))
})

it('is the other one where one of them changed nothing', () => {
  const some = aProgress({ 3: [1, 2] }, 1)
  const none = aProgress({}, 1)
  expect(mergeProgress(some, none)).toEqual(some)
  expect(mergeProgress(none, some)).toEqual(some)
})

it('keeps the lanes apart', () => {
  const older = aProgress({ 1: [1, 1] }, 3, { 1: [1], 2: [1] })
  const newer = aProgress({}, 5, { 0: [2], 2: [2] })
  expect(mergeProgress(older, newer)).toEqual(aProgress({ 1: [1, 1] }, 5, { 0: [2], 1: [1], 2: [2] }))
})
