import { expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { compileExpression } from './compileExpression.ts'

const TICKETS = [
  { id: 1, kind: 'bug', tags: ['a'] },
  { id: 2, kind: 'other', tags: [] },
  { id: 3, kind: 'bug' },
  { id: 4 },
]
const value = async (source: string): Promise<Json | undefined> => {
  const result = await compileExpression(source, { timeoutMs: 1000, functions: [] })({ tickets: TICKETS })
  return result.ok ? result.value : result.message
}

it.each<[string, Json]>([
  [
    '$groupBy(tickets, "kind").{"key": key, "ids": items.id}',
    [
      { key: 'bug', ids: [1, 3] },
      { key: 'other', ids: 2 },
      { key: null, ids: 4 },
    ],
  ],
  ['$groupBy(tickets, function($t) { $t.id % 2 }).key', [1, 0]],
  ['$groupBy([], "kind")', []],
  ['$countBy(tickets, "kind")', { bug: 2, other: 1, null: 1 }],
  ['$countBy([1, 1, true])', { 1: 2, true: 1 }],
  ['$mostCommon(tickets.kind)', 'bug'],
  ['$mostCommon(["b", "a", "a", "b"])', 'b'],
  ['$mostCommon([]) ?? "none"', 'none'],
  ['$take([1, 2, 3], 2)', [1, 2]],
  ['$take([1, 2, 3], 0)', []],
  ['$take("one", 5)', ['one']],
  ['$slices([], 2)', []],
  ['$flatten([1, [2, [3, [4]]]], 1)', [1, 2, [3, [4]]]],
  ['$pick(tickets[0], ["kind", "nope"])', { kind: 'bug' }],
  ['$omit(tickets[0], "tags")', { id: 1, kind: 'bug' }],
  ['$exists($groupBy(nothing, "kind"))', false],
  ['$median([1, 2, 3, 10])', 2.5],
  ['$percentile([10], 99)', 10],
  ['$clamp(-5, 0, 1)', 0],
])('%s', async (source, expected) => {
  expect(await value(source)).toEqual(expected)
})

it('$slices and $percentile say which argument cannot be', async () => {
  expect(await value('$slices([1], 0)')).toContain('The size must be a whole number from 1 on, not 0.')
  expect(await value('$percentile([1], -1)')).toContain('from 0 to 100')
})
