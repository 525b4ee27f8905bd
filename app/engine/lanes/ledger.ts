import { CELL_CODE, CELL_STATES, type CellState } from '../../../shared/cell.ts'
import type { LaneChanges, RunCounts, StageCounts } from '../../../shared/run.ts'
import type { ItemRecord } from '../../ports/runStore.ts'

type Finished = ItemRecord['status']

/**
 * Where every item and every cell of a lane stands, in bytes. Counts are kept with each change, never derived from
 * elsewhere, so that they add up to the number of items at any moment.
 */
export class Ledger {
  readonly #columns: number
  #states: Uint8Array
  /** Highest index seen, plus one. */
  #seen = 0
  #total: number | null
  readonly #items = { succeeded: 0, failed: 0, skipped: 0, gathered: 0, running: 0 }
  readonly #cellCounts: Int32Array
  #changed = new Set<number>()

  constructor(columns: number, total: number | null) {
    this.#columns = columns
    this.#total = total
    this.#states = new Uint8Array(Math.max(1, columns) * Math.max(1024, total ?? 0))
    this.#cellCounts = new Int32Array(columns * CELL_STATES.length)
  }

  /** Items of the lane; null while they are not counted. */
  get total(): number | null {
    return this.#total
  }

  set total(total: number | null) {
    this.#total = total
  }

  /** The item is known: it waits for its turn. */
  add(index: number): void {
    this.#reach(index)
  }

  /** Items known so far. */
  get known(): number {
    return this.#total ?? this.#seen
  }

  begin(index: number): void {
    this.#reach(index)
    this.#items.running++
  }

  setCell(index: number, column: number, state: CellState): void {
    this.setCode(index, column, CELL_CODE[state])
  }

  setCode(index: number, column: number, code: number): void {
    this.#reach(index)
    const at = index * this.#columns + column
    const before = this.#states[at] ?? 0
    if (before === code) return
    this.#count(column, before, -1)
    this.#count(column, code, 1)
    this.#states[at] = code
    this.#changed.add(index)
  }

  /** The item is done and its result is on disk. */
  finish(index: number, status: Finished): void {
    this.#items.running--
    this.#items[status]++
    this.#changed.add(index)
  }

  /** What was done counts for something else: it was gathered, and found no partner. */
  recount(index: number, from: Finished, to: Finished): void {
    this.#items[from]--
    this.#items[to]++
    this.#changed.add(index)
  }

  /** The item goes back to waiting: the run is pausing. What is done of it stays done. */
  putBack(index: number): void {
    this.#items.running--
    for (let column = 0; column < this.#columns; column++) {
      const state = CELL_STATES[this.#states[index * this.#columns + column] ?? 0]
      if (state === 'running' || state === 'retrying') this.setCell(index, column, 'waiting')
    }
    this.#changed.add(index)
  }

  /** An item finished in an earlier part of the run. */
  restore(index: number, status: Finished, cells: Uint8Array): void {
    this.#reach(index)
    this.#items[status]++
    for (let column = 0; column < this.#columns; column++) {
      const code = cells[column] ?? 0
      this.#states[index * this.#columns + column] = code
      this.#count(column, 0, -1)
      this.#count(column, code, 1)
    }
  }

  /** The codes of one item's cells. */
  cellsOf(index: number): Uint8Array {
    return this.#states.slice(index * this.#columns, (index + 1) * this.#columns)
  }

  /** Codes of at most `count` items from `from` on, none past the last item; those not reached yet are waiting. */
  cells(from: number, count: number): Uint8Array {
    const to = Math.min(from + count, this.known)
    const result = new Uint8Array(Math.max(0, to - from) * this.#columns)
    if (result.length > 0) result.set(this.#states.subarray(from * this.#columns, to * this.#columns))
    return result
  }

  /** Cells that never began when a run was cancelled. */
  cancelRest(): void {
    const total = this.known
    if (total > 0) this.#reach(total - 1)
    for (let index = 0; index < total; index++)
      for (let column = 0; column < this.#columns; column++)
        if (isOpen(this.#states[index * this.#columns + column])) this.setCell(index, column, 'cancelled')
  }

  /** What was gathered has succeeded, as far as this lane goes. */
  counts(isCancelled: boolean): RunCounts {
    const { failed, skipped, running } = this.#items
    const succeeded = this.#items.succeeded + this.#items.gathered
    const rest = Math.max(0, this.known - succeeded - failed - skipped - running)
    return { succeeded, failed, skipped, running, waiting: isCancelled ? 0 : rest, cancelled: isCancelled ? rest : 0 }
  }

  get finished(): number {
    const { succeeded, failed, skipped, gathered } = this.#items
    return succeeded + failed + skipped + gathered
  }

  stageCounts(): readonly StageCounts[] {
    const total = this.known
    return Array.from({ length: this.#columns }, (_, column) => {
      const counts: { [state in CellState]?: number } = {}
      for (const [code, state] of CELL_STATES.entries()) {
        const count =
          (this.#cellCounts[column * CELL_STATES.length + code] ?? 0) + (code === CELL_CODE.waiting ? total : 0)
        if (count > 0) counts[state] = count
      }
      return counts
    })
  }

  /** Items changed since the last call, ascending, with their cells. */
  takeChanges(): LaneChanges {
    const changed = Uint32Array.from(this.#changed).sort()
    this.#changed = new Set()
    const states = new Uint8Array(changed.length * this.#columns)
    for (const [row, index] of changed.entries())
      states.set(this.#states.subarray(index * this.#columns, (index + 1) * this.#columns), row * this.#columns)
    return { changed, states }
  }

  /** Every cell is counted as waiting from the start (through `total`); the counts here are what has moved away from it. */
  #count(column: number, code: number, by: number): void {
    const at = column * CELL_STATES.length + code
    this.#cellCounts[at] = (this.#cellCounts[at] ?? 0) + by
  }

  #reach(index: number): void {
    if (index >= this.#seen) this.#seen = index + 1
    const needed = this.#seen * this.#columns
    if (needed <= this.#states.length) return
    const grown = new Uint8Array(Math.max(needed, this.#states.length * 2))
    grown.set(this.#states)
    this.#states = grown
  }
}

function isOpen(code: number | undefined): boolean {
  return code === CELL_CODE.waiting || code === CELL_CODE.held
}
