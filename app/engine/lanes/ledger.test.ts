import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CELL_CODE, CELL_STATES, type CellState } from '../../../shared/cell.ts'
import { Ledger } from './ledger.ts'

const COLUMNS = 3
const ITEMS = 40

type Step =
  | {
      readonly kind: 'begin' | 'succeeded' | 'failed' | 'skipped' | 'gathered' | 'unmatched' | 'putBack'
      readonly index: number
    }
  | { readonly kind: 'cell'; readonly index: number; readonly column: number; readonly state: CellState }

const index = fc.integer({ min: 0, max: ITEMS - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'begin' as const,
      'succeeded' as const,
      'failed' as const,
      'skipped' as const,
      'gathered' as const,
      'unmatched' as const,
      'putBack' as const,
    ),
    index,
  }),
  fc.record({
    kind: fc.constant('cell' as const),
    index,
    column: fc.integer({ min: 0, max: COLUMNS - 1 }),
    state: fc.constantFrom(...CELL_STATES),
  }),
)

describe('the ledger', () => {
  it('always adds up to the number of items, and its counts are those of its cells', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const ledger = new Ledger(COLUMNS, ITEMS)
        const open = new Set<number>()
        const done = new Set<number>()
        const gathered = new Set<number>()
        for (const move of steps) {
          if (move.kind === 'cell') ledger.setCell(move.index, move.column, move.state)
          else if (move.kind === 'begin' && !open.has(move.index) && !done.has(move.index)) {
            ledger.begin(move.index)
            open.add(move.index)
          } else if (move.kind === 'unmatched') {
            if (gathered.delete(move.index)) ledger.recount(move.index, 'gathered', 'skipped')
          } else if (open.has(move.index) && move.kind !== 'begin') {
            open.delete(move.index)
            if (move.kind === 'gathered') gathered.add(move.index)
            if (move.kind === 'putBack') ledger.putBack(move.index)
            else {
              ledger.finish(move.index, move.kind)
              done.add(move.index)
            }
          }
          const counts = ledger.counts(false)
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(ITEMS)
        }
        const cells = ledger.cells(0, ITEMS)
        for (const [column, counts] of ledger.stageCounts().entries())
          for (const state of CELL_STATES) {
            const shown = Array.from({ length: ITEMS }, (_, at) => cells[at * COLUMNS + column]).filter(
              (code) => code === CELL_CODE[state],
            ).length
            expect(counts[state] ?? 0).toBe(shown)
          }
      }),
    )
  })

  it('gives no cells past the last item', () => {
    const ledger = new Ledger(2, 3)
    expect([ledger.cells(0, 100).length, ledger.cells(2, 100).length, ledger.cells(5, 100).length]).toEqual([6, 2, 0])
  })

  it('tells each change once, in item order', () => {
    const ledger = new Ledger(2, null)
    ledger.setCell(5000, 1, 'succeeded')
    ledger.setCell(3, 0, 'running')
    ledger.setCell(3, 0, 'failed')
    const { changed, states } = ledger.takeChanges()
    expect([[...changed], [...states]]).toEqual([
      [3, 5000],
      [CELL_CODE.failed, 0, 0, CELL_CODE.succeeded],
    ])
    expect(ledger.takeChanges().changed.length).toBe(0)
  })

  it('puts an item back to waiting but keeps what is done of it', () => {
    const ledger = new Ledger(2, 1)
    ledger.begin(0)
    ledger.setCell(0, 0, 'succeeded')
    ledger.setCell(0, 1, 'running')
    ledger.putBack(0)
    expect([...ledger.cellsOf(0)]).toEqual([CELL_CODE.succeeded, CELL_CODE.waiting])
    expect(ledger.counts(false)).toMatchObject({ waiting: 1, running: 0 })
  })
})
