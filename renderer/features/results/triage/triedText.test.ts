import { describe, expect, it } from 'vitest'
import type { ItemTrace } from '../../../../shared/trace.ts'
import { triedText, trySum } from './triedText.ts'
import type { Tried } from './useTryOut.ts'

function aTry(after: Partial<ItemTrace> | null, isOver = true): Tried {
  return { index: 0, before: null, after: after as ItemTrace | null, isOver }
}

describe('what a try came to', () => {
  it('says the output in one line, or the error', () => {
    expect(triedText(aTry({ error: null, output: 'two\nlines' }))).toBe('two lines')
    expect(triedText(aTry({ error: null, output: { a: { b: 'yes' } } }))).toBe('yes')
    expect(triedText(aTry({ error: null, output: { a: 1, b: 2 } }))).toBe('{"a":1,"b":2}')
    expect(triedText(aTry({ error: { stage: 'x', kind: 'refused', message: 'No.' }, output: null }))).toBe(
      'Refused: No.',
    )
    expect(triedText(aTry(null, false))).toBe('being asked…')
  })

  it('sums up when all are done', () => {
    const done = aTry({ status: 'succeeded', costMicros: 2_100 })
    const failed = aTry({ status: 'failed', costMicros: 1_000 })
    expect(trySum([done, aTry(null, false)])).toBe('1 of 2 done')
    expect(trySum([done, done, failed])).toBe('2 of 3 succeeded for $0.0052')
  })
})
