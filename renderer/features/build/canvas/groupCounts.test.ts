import { expect, it } from 'vitest'
import { gatherWords, packWords } from './groupCounts.ts'

const GATHER = {
  gather: 'tens',
  groups: { size: 3, within: 0, end: 0 },
  members: 30,
  waiting: 7,
  filtered: 2,
  unmatched: 0,
  size: 10,
}

it('says how full the open group is, how many were released, and why', () => {
  expect(gatherWords(GATHER)).toEqual({
    text: '7/10 waiting · 3 groups',
    label: '30 items in 3 groups, 3 full, 2 filtered out',
  })
  expect(gatherWords({ ...GATHER, waiting: 12 }).text).toBe('12 waiting · 3 groups')
  expect(gatherWords({ ...GATHER, size: null, groups: { size: 0, within: 0, end: 1 } }).text).toBe(
    '7 waiting · 1 group',
  )
})

it('says how many items wait for a shared call, and how the calls before did', () => {
  const pack = { stage: 'label', calls: 5, answered: 98, again: 2, waiting: 3, size: 25 }
  expect(packWords({ ...pack, reasons: { size: 3, tokens: 1, within: 1, end: 0 } })).toEqual({
    text: '⊞ 3/25',
    label: '98 items answered in 5 calls, 2 asked again, 3 full, 1 full by tokens, 1 by time',
  })
})
