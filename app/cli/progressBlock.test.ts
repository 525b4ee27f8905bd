import { stripVTControlCharacters } from 'node:util'
import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { RunProgress, RunSummary } from '../../shared/run.ts'
import { progressBlock } from './progressBlock.ts'
import { progressLine } from './progressLine.ts'
import { table } from './table.ts'

const plain = picocolors.createColors(false)

function aProgress(summary: Partial<RunSummary> = {}): RunProgress {
  return {
    summary: {
      run: '01J',
      kind: 'batch',
      chainFile: 'chains/triage.chain.yaml',
      chainName: 'Triage tickets',
      state: { status: 'running' },
      items: 300,
      counts: { succeeded: 140, failed: 3, skipped: 0, cancelled: 0, running: 8, waiting: 149 },
      stages: [
        { id: 'extract', kind: 'model', tier: 'local', lane: 0 },
        { id: 'tidy', kind: 'transform', tier: null, lane: 0 },
      ],
      lanes: [],
      packs: [],
      grows: false,
      sourceLabel: 'inputs/tickets',
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
      simulated: true,
      usage: { inputTokens: 41_000, outputTokens: 3100, cachedTokens: 0, cacheWriteTokens: 0 },
      calls: 150,
      reused: 0,
      concurrency: 8,
      budgetMicros: null,
      startedAt: 0,
      endedAt: null,
      activeMs: 12_000,
      ...summary,
    },
    stageCounts: [{ succeeded: 143, failed: 3, running: 5, retrying: 1 }, { succeeded: 140 }],
    itemsPerSecond: 12.4,
    remainingMs: 12_000,
    limits: null,
    lanes: [],
  }
}

function block(progress: RunProgress, space = { width: 120, height: 40 }): string[] {
  return progressBlock(progress, { ...space, colors: plain })
}

describe('the block of a live run', () => {
  it('shows done items, counts, rate, spend, tokens, time left, concurrency and every stage', () => {
    expect(block(aProgress())).toEqual([
      'Triage tickets · inputs/tickets',
      `${'█'.repeat(19)}${'░'.repeat(21)}  143 of 300 items  47 %`,
      '✓ 140  ✕ 3  8 running  149 waiting',
      '12 s left · 12/s · $0.42 play money · 41k tokens in, 3.1k out · 12 s so far · 8 at once',
      '  extract  local  ✓ 143  ✕ 3  5 running  1 retrying',
      '  tidy            ✓ 140  ✕ 0',
    ])
  })

  it('never calls a run done before its last item is', () => {
    const counts = { succeeded: 999, failed: 0, skipped: 0, cancelled: 0, running: 1, waiting: 0 }
    const bar = block(aProgress({ items: 1000, counts }))[1]
    expect(bar).toContain('99 %')
    expect(bar).toContain('░')
  })

  it('has no bar while the number of items is not known', () => {
    expect(block(aProgress({ items: null }))[1]).toBe('143 items done')
  })

  it.each([20, 40, 60, 80, 200])('stays within a terminal of %d columns', (width) => {
    for (const line of block(aProgress(), { width, height: 40 })) expect([...line].length).toBeLessThan(width)
  })

  it('stays within the rows of the terminal and says how many stages are not shown', () => {
    const stages = Array.from({ length: 50 }, (_, index) => ({
      id: `s${index}`,
      kind: 'transform' as const,
      tier: null,
      lane: 0,
    }))
    const lines = block(aProgress({ stages }), { width: 80, height: 24 })
    expect(lines.length).toBeLessThan(24)
    expect(lines.at(-1)).toBe('  … and 32 more stages')
  })

  it('marks a spend of which a part is not known, and says when nothing of it is', () => {
    expect(block(aProgress({ simulated: false, unpricedCalls: 2 }))[3]).toContain('≥ $0.42 ·')
    expect(block(aProgress({ simulated: false, unpricedCalls: 2, costMicros: 0 }))[3]).toContain('cost unknown')
  })

  it('does not let a chain name move the cursor', () => {
    expect(block(aProgress({ chainName: 'a\u001b[2Jb\rc\u0007' }))[0]).toBe('abc · inputs/tickets')
  })

  it('says how far the canary is, what memory saved and what limits the run', () => {
    const canary = { items: 12, done: 3, status: 'running' } as const
    const limits = { kind: 'requests', text: 'standard: 60 requests a minute, 97 % used', backends: [] } as const
    const progress = { ...aProgress({ canary, savedMicros: 10_000 }), limits }
    expect(block(progress).slice(3, 5)).toEqual([
      'canary 3 of 12 · 12/s · $0.42 play money · 41k tokens in, 3.1k out · $0.01 saved · 12 s so far · 8 at once',
      'limited by standard: 60 requests a minute, 97 % used',
    ])
    expect(progressLine(progress)).toBe(
      '143 of 300 items (47 %), 140 succeeded, 3 failed, 12/s, $0.42 play money, $0.01 saved, canary 3 of 12, limited by standard: 60 requests a minute, 97 % used',
    )
    const usual = { ...limits, kind: 'items', text: '8 items at once' } as const
    expect(progressLine({ ...aProgress(), limits: usual })).not.toContain('limited')
  })

  it('says the same on one line for a log', () => {
    expect(progressLine(aProgress())).toBe(
      '143 of 300 items (47 %), 140 succeeded, 3 failed, 12/s, $0.42 play money, 12 s left',
    )
  })
})

describe('a table', () => {
  it('does not count colours as width', () => {
    const colors = picocolors.createColors(true)
    const rows = [
      [colors.red('a'), 'b'],
      ['long', 'c'],
    ]
    expect(table(rows).map(stripVTControlCharacters)).toEqual(['a     b', 'long  c'])
  })
})
