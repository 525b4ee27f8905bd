import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { SampleItem } from '../sample.ts'
import type { TriedCell } from '../triedCell.ts'
import { NO_USAGE } from '../usage.ts'
import { compareRows, matchesFilter, ROW_FILTERS } from './compareRows.ts'
import { costQualityPoints } from './costQuality.ts'
import { expectedOutputs } from './expectedOutputs.ts'
import { recommendVariant } from './recommendVariant.ts'
import { NOTHING_EXPECTED, summarizeVariant } from './summarizeVariant.ts'

function anItem(index: number): SampleItem {
  return { index, key: `${index}.txt`, reason: 'quantile', bytes: null }
}

function aCell([index, variant]: readonly [number, string], output: Json, more: Partial<TriedCell> = {}): TriedCell {
  return {
    item: { index, key: `${index}.txt` },
    variant,
    repeat: 0,
    run: 'r',
    status: 'succeeded',
    output,
    error: null,
    latencyMs: 100,
    usage: NO_USAGE,
    costMicros: variant === 'local' ? 1 : 100,
    remembered: false,
    attempts: 1,
    isValid: true,
    stages: {},
    ...more,
  }
}

const failed: Partial<TriedCell> = {
  status: 'failed',
  isValid: false,
  attempts: 2,
  error: { stage: 'extract', kind: 'invalid_output', message: 'no product' },
}
const variants = ['local', 'standard', 'frontier'].map((name) => ({ name, tier: name }))

function rowsOf(cells: readonly TriedCell[], items = 1) {
  return compareRows({ items: Array.from({ length: items }, (_, at) => anItem(at)), variants, cells }, 'frontier')
}

describe('a row', () => {
  it('differs where an answer is another than the base’s, whatever the order of keys', () => {
    const same = rowsOf([aCell([0, 'local'], { a: 1, b: [2] }), aCell([0, 'frontier'], { b: [2], a: 1 })])
    const other = rowsOf([aCell([0, 'local'], { a: 2 }), aCell([0, 'frontier'], { a: 1 })])
    expect([same, other].map(([row]) => row?.differs)).toEqual([false, true])
  })

  it('disagrees where no answer has more than half of the variants', () => {
    const two = rowsOf([aCell([0, 'local'], 'x'), aCell([0, 'standard'], 'y'), aCell([0, 'frontier'], 'y')])
    const none = rowsOf([aCell([0, 'local'], 'x'), aCell([0, 'standard'], 'z'), aCell([0, 'frontier'], 'y')])
    expect([two, none].map(([row]) => [row?.differs, row?.disagrees, row?.agreeing])).toEqual([
      [true, false, 2],
      [true, true, 1],
    ])
  })

  it('is shown where the filter says so, and one that failed does not hide the others', () => {
    const [row] = rowsOf([aCell([0, 'local'], null, failed), aCell([0, 'frontier'], 'y')])
    expect(row?.cells.map((cell) => cell?.status ?? null)).toEqual(['failed', null, 'succeeded'])
    expect(ROW_FILTERS.filter((filter) => row !== undefined && matchesFilter(row, filter))).toEqual(['all', 'invalid'])
  })

  it('holds the answer that most tries gave', () => {
    const tries = ['a', 'b', 'b', 'a', 'b'].map((output, repeat) =>
      aCell([0, 'local'], output, { repeat, latencyMs: repeat }),
    )
    const cell = rowsOf(tries)[0]?.cells[0]
    expect([cell?.output, cell?.same, cell?.tries.length, cell?.latencyMs, cell?.attempts]).toEqual(['b', 3, 5, 2, 5])
  })

  it('shows what has been answered while other tries go on', () => {
    const running: Partial<TriedCell> = { status: 'running', repeat: 1 }
    const [row] = rowsOf([
      aCell([0, 'local'], 'a'),
      aCell([0, 'local'], null, running),
      aCell([0, 'standard'], null, running),
    ])
    expect(row?.cells.map((cell) => [cell?.status, cell?.output])).toEqual([
      ['succeeded', 'a'],
      ['running', null],
      [undefined, undefined],
    ])
  })
})

describe('a summary', () => {
  const cells = [
    ...[0, 1, 2, 3].map((index) => aCell([index, 'frontier'], index, { latencyMs: index * 10 })),
    ...[0, 1, 2].map((index) => aCell([index, 'local'], index === 2 ? 'other' : index)),
    aCell([3, 'local'], null, failed),
  ]
  const rows = rowsOf(cells, 4)
  const summaryOf = (variant: string, expected = NOTHING_EXPECTED) =>
    summarizeVariant(rows, { variant, base: 'frontier', expected })

  it('counts what is valid and what agrees, each with its interval', () => {
    const { valid, agreement, costMicrosPer1000, attempts, errors } = summaryOf('local')
    expect([valid?.count, valid?.of, agreement?.count, agreement?.of]).toEqual([3, 4, 2, 4])
    expect(valid?.low).toBeCloseTo(0.3006, 3)
    expect(valid?.high).toBeCloseTo(0.9544, 3)
    expect([costMicrosPer1000, attempts]).toEqual([1000, 5])
    expect(errors).toEqual([{ kind: 'invalid_output', stage: 'extract', message: 'no product', count: 1 }])
  })

  it('of the base has no agreement, and its middle and slow answers', () => {
    const { agreement, p50LatencyMs, p95LatencyMs } = summaryOf('frontier')
    expect([agreement, p50LatencyMs, p95LatencyMs]).toEqual([null, 10, 30])
  })

  it('holds answers against expected ones, of the items that have one', () => {
    const cases = [
      { item: '2.txt', expected: 'other' },
      { item: '3.txt', expected: 3 },
      { item: '0.txt', expected: 'of a stage', stage: 'extract' },
      { item: '1.txt', checks: ['true'] },
    ]
    const expected = expectedOutputs({ jacquard: 1, cases }, null)
    expect(summaryOf('local', expected).expected).toMatchObject({ count: 1, of: 2 })
    expect(summaryOf('frontier', expected).expected).toMatchObject({ count: 1, of: 2 })
  })

  it('knows no price where one is not known, and no number where nothing ended', () => {
    const unpriced = rowsOf([aCell([0, 'local'], 1, { costMicros: null })])
    const summary = (variant: string) =>
      summarizeVariant(unpriced, { variant, base: 'frontier', expected: NOTHING_EXPECTED })
    expect(summary('local').costMicrosPer1000).toBeNull()
    expect(summary('standard')).toMatchObject({ tries: 0, valid: null, agreement: null, p50LatencyMs: null })
  })

  it('stands in the picture where its cost and quality are known; the base without a doubt', () => {
    const points = costQualityPoints(
      variants.map(({ name }) => summaryOf(name)),
      'frontier',
    )
    expect(points.map(({ variant, quality, isReference }) => [variant, quality.share, isReference])).toEqual([
      ['local', 0.5, false],
      ['frontier', 1, true],
    ])
  })
})

describe('the recommended variant', () => {
  const adviceFor = (outputs: readonly Json[], more: Partial<TriedCell> = {}) => {
    const cells = outputs.flatMap((output, index) => [
      aCell([index, 'local'], output, more),
      aCell([index, 'frontier'], 'right'),
    ])
    const rows = rowsOf(cells, outputs.length)
    const summaries = ['local', 'frontier'].map((variant) =>
      summarizeVariant(rows, { variant, base: 'frontier', expected: NOTHING_EXPECTED }),
    )
    return recommendVariant(summaries, 'frontier')
  }

  it('is the cheapest that agrees, with how unsure that is', () => {
    expect(adviceFor(Array(8).fill('right'))).toEqual({
      variant: 'local',
      why: '8 of 8 agree with frontier; could be as low as 68 %.',
    })
  })

  it('is the best one where the cheaper ones say something else, or too little', () => {
    expect(adviceFor(['right', 'wrong', 'right', 'wrong'])).toEqual({
      variant: 'frontier',
      why: 'Of local, only 2 of 4 agree with frontier.',
    })
    expect(adviceFor(['right', 'right'])?.why).toBe(
      'Of local, 2 of 2 agree with frontier, but so few prove little (could be as low as 34 %): compare more items.',
    )
  })

  it('calls nothing cheap whose price is not known', () => {
    expect(adviceFor(Array(8).fill('right'), { costMicros: null })).toEqual({
      variant: 'frontier',
      why: 'What local would cost is not known, so nothing can be called cheaper.',
    })
  })
})
