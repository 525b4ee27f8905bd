import { describe, expect, it } from 'vitest'
import { isTableFile, sourceOfPath, sourceText } from './sourceOfPath.ts'

describe('a chosen path as a source', () => {
  it('reads files of rows by their ending and takes anything else for a folder', () => {
    expect(sourceOfPath('inputs/Companies.CSV')).toEqual({ csv: 'inputs/Companies.CSV' })
    expect(sourceOfPath('a/b.ndjson')).toEqual({ jsonl: 'a/b.ndjson' })
    expect(sourceOfPath('inputs/tickets')).toEqual({ folder: 'inputs/tickets' })
    expect([isTableFile('a.csv'), isTableFile('a.txt')]).toEqual([true, false])
  })

  it('names every kind of source', () => {
    expect(sourceText({ folder: 'inputs' })).toBe('inputs')
    expect(sourceText({ text: ['a', 'b'] })).toBe('2 texts')
  })
})
