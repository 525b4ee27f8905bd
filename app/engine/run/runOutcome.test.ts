import { describe, expect, it } from 'vitest'
import type { ItemError, PauseReason } from '../../../shared/run.ts'
import { RunOutcome } from './runOutcome.ts'

const ASKED: PauseReason = { kind: 'asked', message: 'Paused.' }
const BUDGET: PauseReason = { kind: 'budget', message: 'Used up.' }
const error = (message: string): ItemError => ({ stage: 'a', kind: 'provider', message })

function ended(happens: (outcome: RunOutcome) => void, isComplete: boolean) {
  const outcome = new RunOutcome()
  happens(outcome)
  outcome.end({ sourceError: null, isComplete })
  return outcome.state
}

describe('what a run comes to', () => {
  it('is a pause for the first reason that it was given', () => {
    const state = ended((outcome) => {
      expect([outcome.pause(BUDGET), outcome.pause(ASKED)]).toEqual([true, false])
      expect(outcome.state).toEqual({ status: 'pausing', reason: BUDGET })
    }, false)
    expect(state).toEqual({ status: 'paused', reason: BUDGET })
  })
  it('is complete where the pause came too late', () => {
    expect(ended((outcome) => void outcome.pause(ASKED), true)).toEqual({ status: 'completed' })
  })
  it('stays what it is when a pause is asked for while its results are written', () => {
    const outcome = new RunOutcome()
    outcome.end({ sourceError: null, isComplete: true })
    expect(outcome.pause(ASKED)).toBe(false)
    expect(outcome.state).toEqual({ status: 'completed' })
  })
  it('is cancelled, whatever else has happened', () => {
    const state = ended((outcome) => {
      outcome.pause(BUDGET)
      outcome.cancel()
      expect(outcome.pause(ASKED)).toBe(false)
    }, false)
    expect(state).toEqual({ status: 'cancelled' })
  })
  it('is the first error by lane and index, whichever came first', () => {
    const state = ended((outcome) => {
      outcome.noteError({ lane: 1, index: 0, error: error('group') })
      outcome.noteError({ lane: 0, index: 7, error: error('late') })
      outcome.noteError({ lane: 0, index: 2, error: error('early') })
    }, false)
    expect(state).toMatchObject({ status: 'failed', error: { message: 'early' } })
  })
})
