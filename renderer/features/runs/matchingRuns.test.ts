import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../shared/run.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import { matchingRuns } from './matchingRuns.ts'

function aRun(change: Partial<RunSummary>): RunSummary {
  return {
    run: '01A',
    kind: 'batch',
    chainFile: 'chains/triage.chain.yaml',
    chainName: 'Triage tickets',
    state: { status: 'completed' },
    items: 1,
    counts: { succeeded: 1, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 0 },
    stages: [],
    lanes: [],
    packs: [],
    grows: false,
    sourceLabel: 'inputs/tickets',
    output: null,
    costMicros: 0,
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
    simulated: true,
    usage: NO_USAGE,
    calls: 0,
    reused: 0,
    concurrency: 8,
    budgetMicros: null,
    startedAt: 0,
    endedAt: 0,
    activeMs: 0,
    ...change,
  }
}

const runs = [
  aRun({ run: 'a' }),
  aRun({ run: 'b', chainName: 'Enrich', sourceLabel: 'companies.csv', state: { status: 'interrupted' } }),
]

describe('searching runs', () => {
  it('finds by chain, source and state, every word of it', () => {
    expect(matchingRuns(runs, 'TICKETS').map(({ run }) => run)).toEqual(['a'])
    expect(matchingRuns(runs, 'csv interrupted').map(({ run }) => run)).toEqual(['b'])
    expect(matchingRuns(runs, 'tickets interrupted')).toEqual([])
  })

  it('gives all runs for an empty search', () => {
    expect(matchingRuns(runs, '  ')).toBe(runs)
  })
})
