import { expect, it } from 'vitest'
import type { RunState, RunSummary } from './run.ts'
import { lookedAt, NOTHING_WATCHED, newsBetween, percentDone, type RunWatch, watchRun } from './runWatch.ts'

const RUNNING: RunState = { status: 'running' }
const DONE: RunState = { status: 'completed' }

function aRun(run: string, state: RunState, over: Partial<RunSummary> = {}): RunSummary {
  const counts = { succeeded: 30, failed: 5, skipped: 3, cancelled: 0, running: 2, waiting: 60 }
  const summary: Partial<RunSummary> = { run, kind: 'batch', chainName: 'Triage', items: 100, grows: false, counts }
  return { ...summary, state, ...over } as RunSummary
}

function watching(...runs: readonly RunSummary[]): RunWatch {
  return runs.reduce(watchRun, NOTHING_WATCHED)
}
const names = (runs: Iterable<RunSummary>) => [...runs].map(({ run }) => run)

it('knows what goes on, also while a pause waits for calls in flight', () => {
  const pausing: RunState = { status: 'pausing', reason: { kind: 'asked', message: '' } }
  const watch = watching(aRun('a', RUNNING), aRun('b', pausing), aRun('c', DONE))
  expect(names(watch.live.values())).toEqual(['a', 'b'])
})

it('has news of a run that was going on and has come to something', () => {
  const before = watching(aRun('a', RUNNING), aRun('b', RUNNING))
  const after = watchRun(before, aRun('b', DONE))
  expect(names(after.live.values())).toEqual(['a'])
  expect(names(newsBetween(before, after))).toEqual(['b'])
  expect(newsBetween(after, watchRun(after, aRun('b', DONE)))).toEqual([])
})

it('has none of what the person asked for, of a test, and of what ended long ago', () => {
  const paused: RunState = { status: 'paused', reason: { kind: 'asked', message: '' } }
  const watch = watching(
    aRun('a', RUNNING),
    aRun('a', paused),
    aRun('b', RUNNING),
    aRun('b', { status: 'cancelled' }),
    aRun('c', RUNNING, { kind: 'test' }),
    aRun('c', DONE, { kind: 'test' }),
    aRun('d', DONE),
  )
  expect(watch).toEqual(NOTHING_WATCHED)
})

it('has no news any more once the person looked, and of a run that goes on again', () => {
  const ended = watching(aRun('a', RUNNING), aRun('a', DONE))
  expect(lookedAt(ended).news.size).toBe(0)
  expect(watchRun(ended, aRun('a', RUNNING)).news.size).toBe(0)
})

it('tells how far runs are together, where the number of their items is known', () => {
  expect(percentDone([aRun('a', RUNNING)])).toBe(38)
  const other = { counts: { succeeded: 299, failed: 0, skipped: 0, cancelled: 0, running: 1, waiting: 0 }, items: 300 }
  expect(percentDone([aRun('a', RUNNING), aRun('b', RUNNING, other)])).toBe(84)
  expect(percentDone([aRun('b', RUNNING, other)])).toBe(99)
  expect(percentDone([aRun('a', RUNNING), aRun('b', RUNNING, { items: null })])).toBeNull()
  expect(percentDone([aRun('a', RUNNING, { grows: true })])).toBeNull()
})
