import { expect, it } from 'vitest'
import { source } from '../../shared/source.ts'
import { ITEM_FILE_ENDINGS, sourceOfFile } from './sourceOfFile.ts'

it('makes a source that the format knows of every ending', () => {
  for (const ending of ITEM_FILE_ENDINGS) expect(source.safeParse(sourceOfFile(`inputs/a${ending}`)).success).toBe(true)
})

it('tells by the ending, whatever its case, and leaves documents to their folder', () => {
  expect([sourceOfFile('A.TSV'), sourceOfFile('app.log'), sourceOfFile('letter.pdf'), sourceOfFile('tickets')]).toEqual(
    [{ tsv: 'A.TSV' }, { lines: 'app.log' }, null, null],
  )
})
