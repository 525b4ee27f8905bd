import { expect, it } from 'vitest'
import { changedRange } from './changedRange.ts'

const apply = (before: string, after: string) => {
  const { from, to, insert } = changedRange(before, after)
  return before.slice(0, from) + insert + before.slice(to)
}

it('turns the one text into the other', () => {
  for (const [before, after] of [
    ['', 'a'],
    ['a', ''],
    ['aaa', 'aa'],
    ['abcabc', 'abc'],
    ['one two', 'one 2 two'],
    ['x', 'x'],
  ] as const)
    expect(apply(before, after)).toBe(after)
})

it('touches nothing outside the difference', () => {
  expect(changedRange('tier: local # cheap', 'tier: frontier # cheap')).toEqual({ from: 6, to: 11, insert: 'frontier' })
})
