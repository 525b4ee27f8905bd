import { describe, expect, it } from 'vitest'
import type { RunLane, RunSummary } from '../../../../shared/run.ts'
import { scopeChoices } from './scopes.ts'

const NONE = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 0 }

function labels(counts: Partial<RunSummary['counts']>, lanes = 1) {
  const lane = {} as RunLane
  return scopeChoices({ counts: { ...NONE, ...counts }, lanes: Array.from({ length: lanes }, () => lane) })
}

describe('for whom a change can be', () => {
  it('says how many each choice is for', () => {
    expect(labels({ succeeded: 448, failed: 40, running: 10, waiting: 706 }).map(({ label }) => label)).toEqual([
      'The 716 not finished',
      '+ the 40 failed',
      'All 1,204, finished ones again',
    ])
  })

  it('leaves out what is for nobody', () => {
    expect(labels({ succeeded: 10, failed: 2 }).map(({ label }) => label)).toEqual([
      'The 2 failed',
      'All 12, finished ones again',
    ])
    expect(labels({ succeeded: 10 }).map(({ scope }) => scope.kind)).toEqual(['all'])
  })

  it('says why finished items of a run that gathers cannot be done again', () => {
    expect(labels({ succeeded: 10 }, 2)[0]?.refusal).toContain('gone into groups')
  })
})
