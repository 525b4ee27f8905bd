import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { graphemeEnds } from '../../shared/expressions/graphemes.ts'
import { CHUNK_BY } from '../../shared/stages.ts'
import { type Chunk, type ChunkOptions, chunkText } from './chunkText.ts'
import { loadTokenizer } from './tokens.ts'

beforeAll(loadTokenizer)

function chunks(text: string, options: Partial<ChunkOptions>): readonly Chunk[] {
  const chunked = chunkText(text, { by: 'characters', size: 1, overlap: 0, ...options })
  if (!chunked.ok) throw new Error(chunked.message)
  return chunked.chunks
}
const texts = (text: string, options: Partial<ChunkOptions>) => chunks(text, options).map((chunk) => chunk.text)

const pieces = fc.constantFrom(
  'word ',
  '\n\n',
  '\r\n',
  '# Title\n',
  '1.2 Results\n',
  '\f',
  '👩‍👩‍👧',
  '🇩🇪',
  'e\u0301',
  '字典',
  'Ende. ',
  '```\n',
)
const anyText = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 40 })
  .map((parts) => parts.join(''))
const anyOptions = fc
  .record({
    by: fc.constantFrom(...CHUNK_BY),
    size: fc.integer({ min: 1, max: 12 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
  })
  .map(({ by, size, share }) => ({ by, size, overlap: Math.floor(size * share) }))

describe('for any text and any options', () => {
  it('the chunks hold the whole text in order, each at its offsets, and each goes on', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        const found = chunks(text, options)
        let covered = 0
        for (const [index, chunk] of found.entries()) {
          expect(chunk).toEqual({ text: text.slice(chunk.start, chunk.end), index, start: chunk.start, end: chunk.end })
          expect(chunk.start <= covered && chunk.end > covered && chunk.start > (found[index - 1]?.start ?? -1)).toBe(
            true,
          )
          covered = chunk.end
        }
        expect(covered).toBe(text.length)
      }),
    )
  })
  it('no visible character is split', () => {
    const countingCharacters = fc.tuple(anyText, anyOptions, fc.constantFrom('tokens' as const, 'characters' as const))
    fc.assert(
      fc.property(countingCharacters, ([text, options, by]) => {
        const ends = new Set([0, ...graphemeEnds(text)])
        const found = chunks(text, { ...options, by })
        expect(found.filter(({ start, end }) => !ends.has(start) || !ends.has(end))).toEqual([])
      }),
    )
  })
  it('a chunk of characters repeats exactly the overlap, and only the last is short', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, { size, overlap }) => {
        const found = chunks(text, { by: 'characters', size, overlap })
        const characters = [0, ...graphemeEnds(text)]
        const at = (offset: number) => characters.indexOf(offset)
        for (const [index, { start, end }] of found.entries()) {
          const before = found[index - 1]
          if (before !== undefined) expect(at(before.end) - at(start)).toBe(overlap)
          if (index < found.length - 1) expect(at(end) - at(start)).toBe(size)
        }
      }),
    )
  })
})

describe('counting', () => {
  it('tokens cuts between them', () => {
    expect(texts('The quick brown fox jumps', { by: 'tokens', size: 2, overlap: 1 })).toEqual([
      'The quick',
      ' quick brown',
      ' brown fox',
      ' fox jumps',
    ])
  })
  it('tokens lets an emoji of many stand alone', () => {
    expect(texts('a👩‍👩‍👧b', { by: 'tokens', size: 2 })).toEqual(['a', '👩‍👩‍👧', 'b'])
  })
  it('characters counts what people see', () => {
    expect(texts('e\u0301👍🏽x', { size: 2 })).toEqual(['e\u0301👍🏽', 'x'])
  })
  it('paragraphs keeps the blank lines behind each', () => {
    expect(texts('\none\nline\n \n\ntwo\r\n\r\nthree\n', { by: 'paragraphs' })).toEqual([
      '\none\nline\n \n\n',
      'two\r\n\r\n',
      'three\n',
    ])
  })
  it('pages ends each at its form feed, and an empty page counts', () => {
    expect(texts('one\f\ftwo\f', { by: 'pages' })).toEqual(['one\f', '\f', 'two\f'])
  })
  it('headings gives sections with their heading, and what comes before the first', () => {
    const text = [
      'Abstract text.',
      '# One',
      'body',
      '```',
      '# no heading',
      '```',
      '',
      'Two',
      '===',
      'body',
      '',
      '2.1 Methods of work',
      'body',
      '',
      'Chapter IV',
      'end',
    ].join('\n')
    const found = texts(text, { by: 'headings' })
    expect(found.map((section) => section.split('\n')[0])).toEqual([
      'Abstract text.',
      '# One',
      'Two',
      '2.1 Methods of work',
      'Chapter IV',
    ])
  })
  it.each([
    ['a list', 'Buy:\n\n1. Milk\n2. Bread\n'],
    ['a numbered sentence', 'Note\n\n1. This is what he said.\n'],
    ['a rule between paragraphs', 'one\n\n---\n\ntwo'],
    ['a table', 'x\n\n| a | b |\n|---|---|\n'],
    ['a sentence that begins with a letter', 'x\n\nI Think so\n'],
  ])('headings takes %s for none', (_, text) => {
    expect(texts(text, { by: 'headings' })).toEqual([text])
  })
  it('nothing of an empty text gives no chunk', () => {
    expect(CHUNK_BY.map((by) => chunks('', { by }))).toEqual(CHUNK_BY.map(() => []))
  })
})

it.each([
  [{ size: 3, overlap: 3 }, /overlap of chunks \(3\) must be less/],
  [{ size: 0, overlap: 0 }, /size of a chunk must be a whole number from 1/],
  [{ size: 2.5, overlap: 0 }, /size/],
  [{ size: 2, overlap: -1 }, /overlap/],
])('%j is refused with what is wrong', (options, message) => {
  expect(chunkText('text', { by: 'characters', ...options })).toMatchObject({
    ok: false,
    message: expect.stringMatching(message),
  })
})

it('a long line, a long text and a text of blanks take time by their length only', () => {
  const long = 'x'.repeat(300_000)
  expect(texts(long, { by: 'headings' })).toEqual([long])
  expect(texts('\n'.repeat(300_000), { by: 'paragraphs' })).toHaveLength(1)
  expect(chunks('# a\n'.repeat(50_000), { by: 'headings' })).toHaveLength(50_000)
})
