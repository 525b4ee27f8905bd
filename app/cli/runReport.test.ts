import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../shared/run.ts'
import type { ResultRow } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { exitCodeOf } from './exitCode.ts'
import { groupFailures } from './failureGroups.ts'
import { runCommands } from './runCommands.ts'
import { runJson } from './runJson.ts'
import { type RunReport, runReport } from './runReport.ts'

const plain = picocolors.createColors(false)

function aSummary(given: Partial<RunSummary> = {}): RunSummary {
  return {
    run: '01J',
    kind: 'batch',
    chainFile: 'triage.chain.yaml',
    chainName: 'Triage',
    state: { status: 'completed' },
    items: 300,
    counts: { succeeded: 298, failed: 2, skipped: 0, cancelled: 0, running: 0, waiting: 0 },
    stages: [],
    lanes: [],
    packs: [],
    grows: false,
    sourceLabel: 'tickets',
    output: 'results/triage.jsonl',
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
    usage: { inputTokens: 41_000, outputTokens: 3100, cachedTokens: 0, cacheWriteTokens: 0 },
    calls: 903,
    reused: 0,
    concurrency: 8,
    budgetMicros: null,
    startedAt: 0,
    endedAt: 1,
    activeMs: 24_000,
    ...given,
  }
}

function aRow(index: number, kind: 'timeout' | 'invalid_output', message: string): ResultRow {
  return {
    lane: 0,
    index,
    members: 0,
    key: `${index}.txt`,
    status: 'failed',
    output: null,
    error: { stage: 'extract', kind, message },
    usage: NO_USAGE,
    costMicros: 0,
    latencyMs: 0,
    retries: 0,
    savedMicros: 0,
    revision: 0,
    isRedone: false,
  }
}

function report(given: Partial<RunReport> = {}): string[] {
  const commands = { resume: 'jacquard run c --resume 01J', retryFailed: 'jacquard run c --retry-failed 01J' }
  const whole = { summary: aSummary(), failures: [], failuresRead: 0, output: 'results/t.jsonl', commands, ...given }
  return runReport(whole, plain)
}

describe('the report of a run', () => {
  it('says counts, time, cost, tokens, where the results are and how to retry what failed', () => {
    const failures = groupFailures([
      aRow(3, 'timeout', 'No answer in 120 s.'),
      aRow(7, 'invalid_output', 'The answer\nhas no `product`.'),
      aRow(9, 'invalid_output', 'Another.'),
    ])
    expect(report({ failures, failuresRead: 3 })).toEqual([
      '✕ Completed: 298 of 300 items succeeded, 2 failed',
      '  Run      01J',
      '  Time     24 s (13/s)',
      '  Cost     $0.42',
      '  Tokens   41k tokens in, 3.1k out; 903 calls',
      '  Results  results/t.jsonl',
      '  Retry    jacquard run c --retry-failed 01J',
      '  Failed',
      '    2 invalid_output',
      '      such as 7.txt, extract: The answer has no `product`.',
      '    1 timeout',
      '      such as 3.txt, extract: No answer in 120 s.',
    ])
  })

  it('says why a run pauses and how to go on', () => {
    const state = { status: 'paused', reason: { kind: 'auth', message: 'The key was refused.' } } as const
    const counts = { succeeded: 10, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 290 }
    const lines = report({ summary: aSummary({ state, counts }) })
    expect(lines[0]).toBe('Paused: 10 of 300 items succeeded, 290 waiting')
    expect(lines).toContain('  Why      The key was refused.')
    expect(lines).toContain('  Go on    jacquard run c --resume 01J')
  })

  it('says what else to do where going on alone changes nothing', () => {
    const paused = (kind: 'dayBudget' | 'tripwire') =>
      report({ summary: aSummary({ state: { status: 'paused', reason: { kind, message: 'Why.' } } }) })
    expect(paused('dayBudget').slice(-2)).toEqual([
      '  First    wait for midnight, or raise `dayUsd` under `budgets:` in jacquard.yaml',
      '  Go on    jacquard run c --resume 01J',
    ])
    expect(paused('tripwire').slice(-2)).toEqual([
      '  Go on    jacquard run c --resume 01J',
      '  Or       mend the chain and launch it anew: what is asked as before comes from memory',
    ])
  })

  it('proposes a higher budget where that of the run is used up', () => {
    const used = { run: '01J', chainFile: 'chains/c.chain.yaml', budgetMicros: 500_000 }
    const state = { status: 'paused', reason: { kind: 'budget', message: 'Why.' } } as const
    expect(runCommands({ ...used, state }, '/w')?.resume).toMatch(/ --resume 01J .*--budget-usd 1$/)
    expect(runCommands({ ...used, state: { status: 'interrupted' } }, '/w')?.resume).not.toContain('--budget-usd')
  })

  it('tells what was spent from what memory saved and from what was perhaps billed', () => {
    const summary = aSummary({ savedMicros: 90_000, uncertainMicros: 20_000, calls: 700, reused: 210, remembered: 203 })
    const text = report({ summary }).join('\n')
    expect(text).toContain('Cost     $0.42; memory saved $0.09; up to $0.02 more perhaps billed')
    expect(text).toContain('700 calls, 203 answers from memory, 7 answers taken over')
    expect(runJson(summary, null)).toMatchObject({ savedUsd: 0.09, remembered: 203, perhapsBilledUsd: 0.02 })
  })

  it('labels play money, and says when a price is not known', () => {
    expect(report({ summary: aSummary({ simulated: true }) }).join('\n')).toContain(
      '$0.42 play money: the tiers are simulated, no model was called',
    )
    expect(report({ summary: aSummary({ unpricedCalls: 1 }) }).join('\n')).toContain(
      '≥ $0.42; the price of 1 call is not known',
    )
  })

  it('gives an unknown cost as null in JSON, never as 0', () => {
    expect(runJson(aSummary({ costMicros: 0, unpricedCalls: 5 }), null).costUsd).toBeNull()
    expect(runJson(aSummary(), '/w/results/t.jsonl')).toMatchObject({
      run: '01J',
      status: 'completed',
      items: 300,
      succeeded: 298,
      failed: 2,
      costUsd: 0.42,
      seconds: 24,
      output: '/w/results/t.jsonl',
    })
  })
})

describe('the exit code of a run', () => {
  const none = { succeeded: 1, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 0 }
  it.each([
    [0, { state: { status: 'completed' }, counts: none }],
    [1, { state: { status: 'completed' }, counts: { ...none, failed: 1 } }],
    [1, { state: { status: 'failed', error: { stage: null, kind: 'source', message: '' } }, counts: none }],
    [3, { state: { status: 'paused', reason: { kind: 'budget', message: '' } }, counts: none }],
  ] as const)('is %d', (code, summary) => {
    expect(exitCodeOf(summary)).toBe(code)
  })
})
