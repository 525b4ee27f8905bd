import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../shared/run.ts'
import type { ResultRow } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { exitCodeOf } from './exitCode.ts'
import { groupFailures } from './failureGroups.ts'
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
