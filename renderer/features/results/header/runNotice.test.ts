import { describe, expect, it } from 'vitest'
import type { RunState, RunSummary } from '../../../../shared/run.ts'
import { NO_USAGE } from '../../../../shared/usage.ts'
import { runNotice } from './runNotice.ts'

function aRun(state: RunState): RunSummary {
  return {
    run: 'r1',
    kind: 'batch',
    chainFile: null,
    chainName: 'Triage',
    state,
    items: 100,
    counts: { succeeded: 40, failed: 2, skipped: 3, cancelled: 0, running: 0, waiting: 55 },
    stages: [],
    lanes: [],
    packs: [],
    grows: false,
    sourceLabel: 'inputs/tickets',
    output: null,
    costMicros: 0,
    unpricedCalls: 0,
    simulated: false,
    usage: NO_USAGE,
    calls: 0,
    reused: 0,
    concurrency: 8,
    budgetMicros: null,
    startedAt: 0,
    endedAt: null,
    activeMs: 0,
  }
}

describe('what a run that stands still says', () => {
  it('says nothing while it runs and when it is complete', () => {
    expect(runNotice(aRun({ status: 'running' }))).toBeNull()
    expect(runNotice(aRun({ status: 'completed' }))).toBeNull()
  })

  it('says what was kept and what is left after a crash', () => {
    expect(runNotice(aRun({ status: 'interrupted' }))?.text).toContain('45 finished and kept, 55 left.')
  })

  it("gives the reason's own words when it paused by itself", () => {
    const notice = runNotice(
      aRun({ status: 'paused', reason: { kind: 'auth', message: 'OPENAI_API_KEY was refused (401).' } }),
    )
    expect(notice).toMatchObject({ tone: 'warning', title: 'Paused: the key was not accepted' })
    expect(notice?.text).toContain('OPENAI_API_KEY was refused (401).')
  })

  it("tells the run's own error with what to do", () => {
    const notice = runNotice(
      aRun({ status: 'failed', error: { stage: null, kind: 'source', message: 'The folder is gone.' } }),
    )
    expect(notice?.tone).toBe('error')
    expect(notice?.text.startsWith('The folder is gone. ')).toBe(true)
  })
})
