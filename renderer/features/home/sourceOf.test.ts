import { expect, it } from 'vitest'
import { chainNameOf, sourceOf } from './sourceOf.ts'

it('takes a path for what its name ends with', () => {
  expect(['inputs/a.CSV', 'b.jsonl', 'inputs/tickets'].map(sourceOf)).toEqual([
    { csv: 'inputs/a.CSV' },
    { jsonl: 'b.jsonl' },
    { folder: 'inputs/tickets' },
  ])
})

it('names a chain after its source, in words', () => {
  expect(['inputs/support_tickets/', 'C:\\data\\new-leads.csv', '.'].map(chainNameOf)).toEqual([
    'Support tickets',
    'New leads',
    'New chain',
  ])
})
