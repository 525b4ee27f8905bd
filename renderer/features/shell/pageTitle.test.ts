import { expect, it } from 'vitest'
import type { RunState, RunSummary } from '../../../shared/run.ts'
import { lookedAt, NOTHING_WATCHED, watchRun } from '../../../shared/runWatch.ts'
import { pageTitle } from './pageTitle.ts'

const RUNNING: RunState = { status: 'running' }

function aRun(run: string, state: RunState, items: number | null = 100): RunSummary {
  const counts = { succeeded: 30, failed: 5, skipped: 3, cancelled: 0, running: 2, waiting: 60 }
  const summary: Partial<RunSummary> = { run, kind: 'batch', chainName: 'Triage tickets', items, counts }
  return { ...summary, state, grows: items === null, costMicros: 0 } as RunSummary
}
const watching = (...runs: readonly RunSummary[]) => runs.reduce(watchRun, NOTHING_WATCHED)

it('is the product’s name while nothing goes on', () => {
  expect(pageTitle(NOTHING_WATCHED)).toBe('Jacquard')
})

it('says how far the run is, or the runs are', () => {
  expect(pageTitle(watching(aRun('a', RUNNING)))).toBe('38 % · Triage tickets — Jacquard')
  expect(pageTitle(watching(aRun('a', RUNNING, null)))).toBe('38 done · Triage tickets — Jacquard')
  expect(pageTitle(watching(aRun('a', RUNNING), aRun('b', RUNNING)))).toBe('38 % · 2 runs — Jacquard')
})

it('says what a run came to until the person has looked, also while another goes on', () => {
  const ended = watching(aRun('a', RUNNING), aRun('b', RUNNING), aRun('a', { status: 'completed' }))
  expect(pageTitle(ended)).toBe('Triage tickets: done — Jacquard')
  expect(pageTitle(lookedAt(ended))).toBe('38 % · Triage tickets — Jacquard')
})
