import { describe, expect, it } from 'vitest'
import type { Json } from '../../../../shared/json.ts'
import type { ResultRow } from '../../../../shared/trace.ts'
import { NO_USAGE } from '../../../../shared/usage.ts'
import { cellText, fieldValue, outputColumns, steadyColumns } from './outputColumns.ts'

const rows = (...outputs: Json[]): ResultRow[] =>
  outputs.map((output, index) => ({
    lane: 0,
    index,
    members: 0,
    key: String(index),
    status: 'succeeded',
    output,
    error: null,
    usage: NO_USAGE,
    costMicros: 0,
    latencyMs: 0,
    retries: 0,
    savedMicros: 0,
    revision: 0,
    isRedone: false,
  }))

describe('the output columns of the results table', () => {
  it('has one column a field, in the order in which fields appear', () => {
    const columns = outputColumns(rows({ category: 'bug', score: 1 }, null, { category: 'billing', reply: 'Hello' }))
    expect(columns.map(({ field }) => field)).toEqual(['category', 'score', 'reply'])
  })

  it('has one column for outputs that are text', () => {
    const columns = outputColumns(rows('A summary.', 'Another one.'))
    expect(columns.map(({ field }) => field)).toEqual([null])
    expect(fieldValue('A summary.', null)).toBe('A summary.')
    expect(fieldValue({ reply: 'x' }, null)).toBeNull()
  })

  it('knows columns of numbers, so that they stand at the right', () => {
    const [score, mixed] = outputColumns(rows({ score: 1, mixed: 1 }, { score: 2.5, mixed: 'none' }))
    expect([score?.isNumber, mixed?.isNumber]).toEqual([true, false])
  })

  it('shows any value in one line', () => {
    expect(cellText('two\n  lines ')).toBe('two lines')
    expect(cellText({ a: [1, 2] })).toBe('{"a":[1,2]}')
    expect(cellText(null)).toBe('')
  })

  it('keeps the columns that are there and adds new ones behind them', () => {
    const first = outputColumns(rows({ category: 'bug' }))
    expect(steadyColumns(first, outputColumns(rows({ category: 'a much longer category' })))).toBe(first)
    const more = steadyColumns(first, outputColumns(rows({ reply: 'Hello', category: 'bug' })))
    expect(more.map(({ field }) => field)).toEqual(['category', 'reply'])
    expect(more[0]).toBe(first[0])
  })
})
