import fc from 'fast-check'
import { expect, it } from 'vitest'
import { graphemeEnds } from './graphemes.ts'

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' })
const slow = (text: string) => [...SEGMENTER.segment(text)].map(({ index, segment }) => index + segment.length)

/** Characters that join, and plain ones around them. */
const PIECES = [
  'a',
  'é',
  'e\u0301',
  '\r',
  '\n',
  '👩‍👩‍👧',
  '👍🏽',
  '🇩🇪',
  '\u200d',
  '字',
  '한',
  '\u1100\u1161',
  'か\u3099',
  '©',
  '️',
  '…',
  'नि',
  '\ud800',
]
const mixed = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary' })), { maxLength: 60 })

it('cuts any text where the platform’s own segmenter cuts it', () => {
  fc.assert(
    fc.property(mixed, (pieces) => {
      const text = pieces.join('')
      expect([...graphemeEnds(text)]).toEqual(slow(text))
    }),
  )
})

it('knows every unit that stands alone', () => {
  const wrong: number[] = []
  for (let unit = 0; unit < 0x10000; unit++) {
    const text = `x${String.fromCharCode(unit)}字${String.fromCharCode(unit)}한`
    if (graphemeEnds(text).join() !== slow(text).join()) wrong.push(unit)
  }
  expect(wrong).toEqual([])
})

it('cuts a long text of one character with a hundred thousand marks into one', () => {
  const text = `e${'\u0301'.repeat(100_000)}`
  expect([...graphemeEnds(text)]).toEqual([text.length])
})
