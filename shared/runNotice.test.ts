import { describe, expect, it } from 'vitest'
import type { PauseReason, RunState, RunSummary } from './run.ts'
import { runNews, runNotice } from './runNotice.ts'

function aRun(state: RunState, over: Partial<RunSummary> = {}): RunSummary {
  const run: Partial<RunSummary> = {
    run: 'r1',
    kind: 'batch',
    chainName: 'Triage',
    state,
    items: 100,
    counts: { succeeded: 40, failed: 2, skipped: 3, cancelled: 0, running: 0, waiting: 55 },
    costMicros: 420_000,
    savedMicros: 0,
    reservedMicros: 0,
    uncertainMicros: 0,
    remembered: 0,
    memory: true,
    revision: 0,
    canary: null,
    tripwires: {},
    unaccounted: null,
    unpricedCalls: 0,
    simulated: false,
    ...over,
  }
  return run as RunSummary
}
const paused = (kind: PauseReason['kind'], message = ''): RunState => ({ status: 'paused', reason: { kind, message } })
const broken: RunState = { status: 'failed', error: { stage: null, kind: 'source', message: 'The folder is gone.' } }

describe('what a run that stands still says on its screen', () => {
  it('says nothing while it runs and when it is complete', () => {
    expect(runNotice(aRun({ status: 'running' }))).toBeNull()
    expect(runNotice(aRun({ status: 'completed' }))).toBeNull()
  })

  it('says what was kept and what is left after a crash', () => {
    expect(runNotice(aRun({ status: 'interrupted' }))?.text).toContain('45 finished and kept, 55 left.')
  })

  it("gives the reason's own words when it paused by itself", () => {
    const notice = runNotice(aRun(paused('auth', 'OPENAI_API_KEY was refused (401).')))
    expect(notice).toMatchObject({ tone: 'warning', title: 'Paused: the key was not accepted' })
    expect(notice?.text).toContain('OPENAI_API_KEY was refused (401).')
  })

  it("tells the run's own error with what to do", () => {
    const notice = runNotice(aRun(broken))
    expect(notice?.tone).toBe('error')
    expect(notice?.text.startsWith('The folder is gone. ')).toBe(true)
  })
})

describe('what it says to someone who looks elsewhere', () => {
  it.each<RunState>([{ status: 'running' }, { status: 'interrupted' }, { status: 'cancelled' }, paused('asked')])(
    'says nothing of what goes on or was asked for: %j',
    (state) => {
      expect(runNews(aRun(state))).toBeNull()
    },
  )

  it('says what became of the items, and what it cost', () => {
    const counts = { succeeded: 1298, failed: 2, skipped: 0, cancelled: 0, running: 0, waiting: 0 }
    expect(runNews(aRun({ status: 'completed' }, { items: 1300, counts }))).toEqual({
      title: 'Triage: done',
      text: '1,298 of 1,300 succeeded, 2 failed · $0.42',
    })
  })

  it.each([
    [{ simulated: true }, '$0.42 play money'],
    [{ unpricedCalls: 3 }, 'at least $0.42'],
    [{ unpricedCalls: 3, costMicros: 0 }, 'price unknown'],
  ])('never says more of the price than is known: %j', (spend, words) => {
    expect(runNews(aRun({ status: 'completed' }, spend))?.text).toMatch(new RegExp(` · ${words.replace('$', '\\$')}$`))
  })

  it('says why it paused by itself, and how much is left', () => {
    expect(runNews(aRun(paused('budget')))).toEqual({
      title: 'Triage paused: the budget is used up',
      text: '55 items left. Nothing is lost.',
    })
    const one = { succeeded: 99, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 1 }
    expect(runNews(aRun(paused('dayBudget'), { counts: one }))?.text).toBe('1 item left. Nothing is lost.')
  })

  it('gives the figures of a tripwire, and does not promise what a full disk cannot keep', () => {
    const tripped = runNews(aRun(paused('tripwire', '26 of the last 100 items failed.')))
    expect(tripped?.text).toBe('26 of the last 100 items failed. 55 items left.')
    expect(runNews(aRun(paused('disk', 'No room.')))?.text).toBe('No room. 55 items left.')
  })

  it('says why it cannot go on', () => {
    expect(runNews(aRun(broken))).toEqual({
      title: 'Triage stopped: it cannot go on',
      text: 'The folder is gone. 45 finished and kept.',
    })
  })
})
