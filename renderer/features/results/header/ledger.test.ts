import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledger } from './ledger.ts'

const count = fc.nat({ max: 10_000 })
const counts = fc.record({
  succeeded: count,
  failed: count,
  skipped: count,
  cancelled: count,
  running: count,
  waiting: count,
})

describe("a run's ledger", () => {
  it('adds up: what it shows is its sum', () => {
    fc.assert(
      fc.property(counts, (counts) => {
        const { entries, sum } = ledger(counts)
        expect(entries.reduce((total, entry) => total + entry.count, 0)).toBe(sum)
        expect(sum).toBe(Object.values(counts).reduce((total, one) => total + one, 0))
      }),
    )
  })

  it('always says what is done and what failed, also when it is nothing', () => {
    const nothing = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0, running: 0, waiting: 12 }
    expect(ledger(nothing).entries.map(({ word }) => word)).toEqual(['done', 'waiting', 'failed'])
  })
})
