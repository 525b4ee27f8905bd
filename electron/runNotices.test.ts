import { expect, it } from 'vitest'
import type { HostEvent } from '../shared/api.ts'
import type { PauseReason, RunState, RunSummary } from '../shared/run.ts'
import { createRunNotices, type ProgressBar } from './runNotices.ts'

const RUNNING: RunState = { status: 'running' }
const DONE: RunState = { status: 'completed' }
const BROKEN: RunState = { status: 'failed', error: { stage: null, kind: 'source', message: 'The folder is gone.' } }
const paused = (kind: PauseReason['kind']): RunState => ({ status: 'paused', reason: { kind, message: '' } })

interface Parts extends Partial<RunSummary> {
  /** Of its hundred items have succeeded. */
  readonly done?: number
}

function aRun(run: string, state: RunState, { done = 50, ...over }: Parts = {}): HostEvent {
  const summary: Partial<RunSummary> = {
    run,
    kind: 'batch',
    chainName: `Chain ${run}`,
    state,
    items: 100,
    grows: false,
    counts: { succeeded: done, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 100 - done },
    costMicros: 420_000,
    unpricedCalls: 0,
    simulated: false,
    ...over,
  }
  return { kind: 'runProgress', progress: { summary } } as HostEvent
}

function aDesk() {
  const notified: string[] = []
  const bars: ProgressBar[] = []
  const awake: boolean[] = []
  let isLookedAt = false
  const notices = createRunNotices({
    isLookedAt: () => isLookedAt,
    notify: (_run, { title, text }) => notified.push(`${title} | ${text}`),
    showProgress: (bar) => bars.push(bar),
    keepAwake: (isNeeded) => awake.push(isNeeded),
    clear: () => notified.splice(0),
  })
  return {
    ...{ notified, bars, awake, notices },
    see: (...events: readonly HostEvent[]) => {
      for (const event of events) notices.take(event)
    },
    comeToTheWindow: () => {
      isLookedAt = true
      notices.look()
    },
  }
}

it('notifies of the end of a batch, once', () => {
  const { notified, see } = aDesk()
  see(aRun('a', RUNNING), aRun('a', DONE, { done: 100 }), aRun('a', DONE, { done: 100 }))
  expect(notified).toEqual(['Chain a: done | 100 of 100 succeeded · $0.42'])
})

it.each<PauseReason['kind']>(['auth', 'budget', 'dayBudget', 'backend', 'disk', 'tripwire', 'ledger'])(
  'notifies of a pause that nobody asked for: %s',
  (kind) => {
    const { notified, see } = aDesk()
    see(aRun('a', RUNNING), aRun('a', paused(kind)))
    expect(notified).toHaveLength(1)
  },
)

it('notifies again when a run that went on again pauses again', () => {
  const { notified, see } = aDesk()
  see(aRun('a', RUNNING), aRun('a', paused('budget')), aRun('a', RUNNING), aRun('a', paused('budget')))
  expect(notified).toHaveLength(2)
})

it('keeps quiet about what the person did, about tests, and while the window has the focus', () => {
  const { notified, see, comeToTheWindow } = aDesk()
  see(aRun('a', RUNNING), aRun('a', paused('asked')), aRun('b', RUNNING), aRun('b', { status: 'cancelled' }))
  see(aRun('t', RUNNING, { done: 0, kind: 'test' }), aRun('t', DONE, { done: 1, kind: 'test' }))
  comeToTheWindow()
  see(aRun('c', RUNNING), aRun('c', BROKEN))
  expect(notified).toEqual([])
})

it('shows how far all runs are, in whole percents, and nothing where nothing goes on', () => {
  const { bars, see } = aDesk()
  see(
    aRun('a', RUNNING, { done: 20 }),
    aRun('a', RUNNING, { done: 20 }),
    aRun('b', RUNNING, { done: 41 }),
    aRun('a', DONE, { done: 100 }),
  )
  see(aRun('b', DONE, { done: 100 }))
  expect(bars).toEqual([
    { value: 0.2, mode: 'normal' },
    { value: 0.3, mode: 'normal' },
    { value: 0.41, mode: 'normal' },
    { value: -1, mode: 'none' },
  ])
})

it('shows that something goes on where its end is not known', () => {
  const { bars, see } = aDesk()
  see(aRun('a', RUNNING, { done: 20, items: null }))
  expect(bars).toEqual([{ value: 2, mode: 'indeterminate' }])
})

it('shows a run that stands still by itself until the person has looked', () => {
  const { bars, see, comeToTheWindow } = aDesk()
  see(
    aRun('a', RUNNING, { done: 20 }),
    aRun('a', paused('budget'), { done: 20 }),
    aRun('b', RUNNING, { done: 40 }),
    aRun('b', BROKEN, { done: 40 }),
  )
  comeToTheWindow()
  expect(bars.slice(1)).toEqual([
    { value: 0.2, mode: 'paused' },
    { value: 0.3, mode: 'paused' },
    { value: 0.3, mode: 'error' },
    { value: -1, mode: 'none' },
  ])
})

it('keeps the machine awake exactly while a batch goes on', () => {
  const { awake, see } = aDesk()
  see(aRun('t', RUNNING, { done: 0, kind: 'test' }))
  expect(awake).toEqual([])
  see(aRun('a', RUNNING), aRun('b', { status: 'pausing', reason: { kind: 'asked', message: '' } }), aRun('a', DONE))
  expect(awake).toEqual([true])
  see(aRun('b', paused('asked')))
  expect(awake).toEqual([true, false])
})

it('lets the machine sleep when the program ends, and forgets the runs of a workspace that was left', () => {
  const ending = aDesk()
  ending.see(aRun('a', RUNNING))
  ending.notices.stop()
  expect(ending.awake).toEqual([true, false])

  const leaving = aDesk()
  leaving.see(aRun('a', RUNNING), aRun('b', RUNNING), aRun('a', DONE), { kind: 'workspaceChanged' })
  expect([leaving.awake, leaving.bars.at(-1), leaving.notified]).toEqual([
    [true, false],
    { value: -1, mode: 'none' },
    [],
  ])
})
