import { describe, expect, it } from 'vitest'
import { isTelling, sentencesOf } from './sentences.ts'

describe('sentencesOf', () => {
  it('joins hard-wrapped lines and splits where a sentence ends', () => {
    expect(sentencesOf('The hub drops\noff the network. It is\nnew.')).toEqual([
      'The hub drops off the network.',
      'It is new.',
    ])
  })

  it('does not end a sentence at an abbreviation or at the day of a date', () => {
    expect(sentencesOf('Dr. Voss wrote on the 12. Februar 2026 to us.')).toEqual([
      'Dr. Voss wrote on the 12. Februar 2026 to us.',
    ])
  })

  it('takes each entry of a list for itself, without its number', () => {
    expect(sentencesOf('1. Raise the wall\n2. Repair the pump\n2.1 Both of them')).toEqual([
      'Raise the wall',
      'Repair the pump',
      'Both of them',
    ])
  })

  it('takes each record of a log for itself, its further lines included', () => {
    const log = '2026-03-09 11:02:11 WARN replica lags\n2026-03-09 11:04:09 ERROR timeout\n    at acquire (pool.js:140)'
    expect(sentencesOf(log)).toEqual([
      '2026-03-09 11:02:11 WARN replica lags',
      '2026-03-09 11:04:09 ERROR timeout at acquire (pool.js:140)',
    ])
    expect(sentencesOf(log).every(isTelling)).toBe(true)
  })

  it('leaves out headings and rows of tables', () => {
    expect(sentencesOf('# Report\n| a | b |\n| --- | --- |\nAll is well.')).toEqual(['All is well.'])
  })
})

describe('isTelling', () => {
  it.each(['Hi there,', 'Kind regards, Anna', 'Subject: the hub is broken again', 'Fjordgata 12, Bergen'])(
    'passes over “%s”',
    (text) => {
      expect(isTelling(text)).toBe(false)
    },
  )
})
