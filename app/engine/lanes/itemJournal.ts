import type { CellState } from '../../../shared/cell.ts'
import type { PlannedLane, PlannedStage } from '../../core/plan.ts'
import type { AttemptRecord, PackRecord, RunStore } from '../../ports/runStore.ts'
import type { CellJournal } from '../model/modelCell.ts'
import type { Totals } from '../run/totals.ts'
import type { StageEnd } from '../stages/runItem.ts'
import { cellStateOf } from './itemRecord.ts'
import type { Ledger } from './ledger.ts'

/** Where the items of one lane write down what they do. */
export interface LaneBooks {
  readonly run: string
  readonly lane: number
  readonly plan: PlannedLane
  readonly store: RunStore
  readonly ledger: Ledger
  readonly totals: Totals
  /** Something that is shown has changed. */
  changed(): void
}

/**
 * The attempts and cells of one item while it runs. A cell that has succeeded is shown when all attempts before are on
 * disk; what is only computed can always be worked out anew.
 */
export class ItemJournal {
  readonly #books: LaneBooks
  readonly #index: number
  /** Of earlier processes. */
  readonly #before: ReadonlyMap<string, readonly AttemptRecord[]>
  readonly #attempts: AttemptRecord[]
  /** Attempts that have ended and are not on disk. */
  #unwritten = 0
  /** Columns that have succeeded, to be shown when they are. */
  #succeeded: number[] = []

  constructor(books: LaneBooks, index: number, before: readonly AttemptRecord[]) {
    this.#books = books
    this.#index = index
    this.#before = byCell(before)
    this.#attempts = [...before]
  }

  /** All attempts of the item so far, of earlier processes too. */
  get attempts(): readonly AttemptRecord[] {
    return this.#attempts
  }

  cell(path: string): CellJournal {
    const { run, lane, ledger, store, totals, changed } = this.#books
    const column = this.#columnOf(path)
    const isInner = path.includes('/')
    // A cell runs once in a process: what it has done already was done by an earlier one.
    const attempts = this.#before.get(path) ?? []
    if (
      attempts.some(({ stage, outcome, forgotten }) => stage === path && outcome.status === 'succeeded' && !forgotten)
    )
      totals.addReused()
    return {
      run,
      lane,
      index: this.#index,
      path,
      attempts,
      started: (attempt) => {
        store.attemptStarted(attempt)
        // A call that many share is counted once, where it is written down.
        if (attempt.tier !== null && attempt.pack === null) totals.addCall()
      },
      ended: (attempt) => this.#ended(attempt),
      state: (state) => {
        // The cell around it goes on whatever becomes of its parts.
        if (isInner && state !== 'running') return
        ledger.setCell(this.#index, column, state)
        changed()
      },
      packed: (pack) => this.#packed(pack),
    }
  }

  stageEnded(stage: PlannedStage, path: string, end: StageEnd): void {
    if (path.includes('/')) return
    if (end.kind === 'succeeded' && this.#unwritten > 0) this.#succeeded.push(stage.column)
    else this.#show(stage.column, cellStateOf(end))
  }

  #ended(attempt: AttemptRecord): void {
    const { store, totals } = this.#books
    this.#attempts.push(attempt)
    totals.addAnswer(attempt)
    this.#unwritten++
    store.attemptEnded(attempt, () => {
      this.#unwritten--
      if (this.#unwritten > 0) return
      for (const column of this.#succeeded.splice(0)) this.#show(column, 'succeeded')
    })
  }

  #packed(pack: PackRecord): void {
    this.#books.store.packSent(pack)
    if (pack.answer === null) this.#books.totals.addCall()
  }

  #show(column: number, state: CellState): void {
    this.#books.ledger.setCell(this.#index, column, state)
    this.#books.changed()
  }

  #columnOf(path: string): number {
    const slash = path.indexOf('/')
    const id = slash < 0 ? path : path.slice(0, slash)
    const stage = this.#books.plan.stages.find((own) => own.id === id)
    if (stage === undefined) throw new Error(`There is no stage ${id} in this lane.`)
    return stage.column
  }
}

/** Attempts by the path of their cell, and by that of each cell that it is in: a large map has thousands of them. */
function byCell(attempts: readonly AttemptRecord[]): ReadonlyMap<string, readonly AttemptRecord[]> {
  const cells = new Map<string, AttemptRecord[]>()
  for (const attempt of attempts)
    for (let end = attempt.stage.length; end > 0; end = attempt.stage.lastIndexOf('/', end - 1)) {
      const path = attempt.stage.slice(0, end)
      const known = cells.get(path)
      if (known === undefined) cells.set(path, [attempt])
      else known.push(attempt)
    }
  return cells
}
