import { expect, it } from 'vitest'
import type { RunProgress, RunSummary } from '../../shared/run.ts'
import { mergeProgress } from './mergeProgress.ts'

const summary = { run: 'r1', stages: [{ id: 'a' }, { id: 'b' }] } as unknown as RunSummary

function aProgress(rows: { [index: number]: [number, number] }, itemsPerSecond: number): RunProgress {
  const indexes = Object.keys(rows).map(Number)
  return {
    summary,
    stageCounts: [],
    itemsPerSecond,
    remainingMs: null,
    changed: new Uint32Array(indexes),
    states: new Uint8Array(indexes.flatMap((index) => rows[index] ?? [])),
  }
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
