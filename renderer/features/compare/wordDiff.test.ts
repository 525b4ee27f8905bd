import { expect, it } from 'vitest'
import { cutParts, fromDifference, wordDiff } from './wordDiff.ts'

it('tells the words that came in from those that are gone', () => {
  expect(wordDiff('The parcel is late', 'The parcel was very late')).toEqual([
    { text: 'The parcel ', kind: 'same' },
    { text: 'is', kind: 'removed' },
    { text: 'was', kind: 'added' },
    { text: ' ', kind: 'same' },
    { text: 'very ', kind: 'added' },
    { text: 'late', kind: 'same' },
  ])
})

it('does not hold up the window with long texts', () => {
  const long = 'word '.repeat(5000)
  expect(wordDiff(long, `${long}more`)).toEqual([{ text: `${long}more`, kind: 'added' }])
})

it('is cut where there is no more room', () => {
  expect(cutParts(wordDiff('a b', 'a c'), 3)).toEqual([
    { text: 'a ', kind: 'same' },
    { text: 'b', kind: 'removed' },
  ])
  expect(cutParts([{ text: 'abcdef', kind: 'same' }], 3)).toEqual([{ text: 'abc…', kind: 'same' }])
  const gone = cutParts(
    [
      { text: 'a'.repeat(99), kind: 'removed' },
      { text: 'new', kind: 'added' },
    ],
    60,
  )
  expect(gone.map(({ text }) => text.length)).toEqual([33, 3])
})

it('begins shortly before the first difference, where there is a long way to it', () => {
  const same = 'word '.repeat(50)
  const parts = fromDifference(wordDiff(`${same}old`, `${same}new`))
  expect(parts.map(({ text, kind }) => [kind, text.length])).toEqual([
    ['same', 61],
    ['removed', 3],
    ['added', 3],
  ])
  expect(fromDifference(wordDiff(same, same))).toEqual([{ text: same, kind: 'same' }])
})
