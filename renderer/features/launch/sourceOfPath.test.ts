import { describe, expect, it } from 'vitest'
import { growsFor, isItemFile, sourceOfPath, sourceText } from './sourceOfPath.ts'

describe('a chosen path as a source', () => {
  it('reads files of rows by their ending and takes anything else for a folder', () => {
    expect(sourceOfPath('inputs/Companies.CSV')).toEqual({ csv: 'inputs/Companies.CSV' })
    expect(sourceOfPath('a/b.ndjson')).toEqual({ jsonl: 'a/b.ndjson' })
    expect(sourceOfPath('inputs/tickets')).toEqual({ folder: 'inputs/tickets' })
    expect([isItemFile('a.csv'), isItemFile('a.pdf')]).toEqual([true, false])
  })

  it('knows which have no end', () => {
    expect(growsFor({ watch: 'in' })).toBe(true)
    expect(growsFor({ notes: { watch: 'in' }, orders: { csv: 'o.csv' } })).toBe(true)
    expect(growsFor({ orders: { csv: 'o.csv' } })).toBe(false)
    expect(growsFor({ folder: 'in' })).toBe(false)
  })

  it('names every kind of source', () => {
    expect(sourceText({ folder: 'inputs' })).toBe('inputs')
    expect(sourceText({ text: ['a', 'b'] })).toBe('2 texts')
    expect(sourceText({ text: 'a' })).toBe('1 text')
    expect(sourceText({ urls: ['https://a.example', 'https://b.example'] })).toBe('2 addresses')
    expect(sourceText({ lines: 'server.log', pattern: '^x' })).toBe('server.log')
    expect(sourceText({ orders: { csv: 'o.csv' }, customers: { tsv: 'c.tsv' } })).toBe(
      'orders: o.csv, customers: c.tsv',
    )
  })
})
