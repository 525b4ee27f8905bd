import { describe, expect, test } from 'vitest'
import { fileNameFor } from './fileName.ts'

describe("an item's file in a sink's folder", () => {
  const at = { key: 'north/a.pdf', ending: '.json' }
  test('without a name it follows from the key, so that the tree of the source is found again', () => {
    expect(fileNameFor(null, at)).toBe('north/a.json')
    expect(fileNameFor(null, { key: '17', ending: '.txt' })).toBe('17.txt')
  })
  test('whatever is asked for stays in the folder', () => {
    expect(fileNameFor('../../etc/passwd', at)).toBe('_/_/etc/passwd')
    expect(fileNameFor('/root/x', at)).toBe('root/x')
    expect(fileNameFor('a\\..\\b', at)).toBe('a/_/b')
    expect(fileNameFor('   ', at)).toBe('north/a.json')
    expect(fileNameFor('///', at)).toBe('_.json')
  })
  test('characters that some systems refuse are replaced, long names are cut before their ending', () => {
    expect(fileNameFor('Re: who? "me".md', at)).toBe('Re- who- -me-.md')
    const long = fileNameFor(`${'x'.repeat(400)}.md`, at)
    expect(long.length).toBe(180)
    expect(long.endsWith('.md')).toBe(true)
  })
})
