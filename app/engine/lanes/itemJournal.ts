import type { CellState } from '../../../shared/cell.ts'
import type { ItemPlace } from '../../../shared/run.ts'
import type { PlannedLane, PlannedStage } from '../../core/plan.ts'
import type { AttemptRecord, PackRecord, RunStore } from '../../ports/runStore.ts'
import type { Memory } from '../model/memory.ts'
import type { CellJournal } from '../model/modelCell.ts'
import type { Totals } from '../run/totals.ts'
import type { StageEnd } from '../stages/runItem.ts'
import { attemptsWithin, shownState } from './itemRecord.ts'
import type { Ledger } from './ledger.ts'

/** Where the items of one lane write down what they do. */
export interface LaneBooks {
  readonly run: string
  readonly lane: number
  readonly plan: PlannedLane
  readonly store: RunStore
  readonly ledger: Ledger
  readonly totals: Totals
  readonly memory: Memory
  /** A model has answered a cell of an item. */
  answered(place: ItemPlace, isInvalid: boolean): void
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
  #succeeded: { readonly column: number; readonly state: CellState }[] = []
  /** When cells that wait for that are asked again, by their paths. */
  readonly #retryAt = new Map<string, number>()

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

  /** When its cells are asked again that wait for that, in Unix milliseconds, by their paths. */
  get retries(): ReadonlyMap<string, number> {
    return this.#retryAt
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
      remembered: (attempt) => this.#remembered(attempt),
      state: (state, retryAt) => {
        if (retryAt === undefined) this.#retryAt.delete(path)
        else this.#retryAt.set(path, retryAt)
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
    const state = shownState(end, attemptsWithin(this.#attempts, stage.id))
    if (end.kind === 'succeeded' && this.#unwritten > 0) this.#succeeded.push({ column: stage.column, state })
    else this.#show(stage.column, state)
  }

  #ended(attempt: AttemptRecord): void {
    const { store, totals } = this.#books
    this.#attempts.push(attempt)
    totals.addAnswer(attempt)
    this.#tell(attempt)
    this.#unwritten++
    store.attemptEnded(attempt, () => {
      this.#books.memory.stored(attempt)
      this.#written()
    })
  }

  #tell({ outcome, tier }: AttemptRecord): void {
    if (tier === null) return
    const place = { lane: this.#books.lane, index: this.#index }
    if (outcome.status === 'succeeded') this.#books.answered(place, false)
    else if (outcome.status === 'failed' && outcome.failure.kind === 'invalid_output') this.#books.answered(place, true)
  }

  #remembered(attempt: AttemptRecord): void {
    const { store, totals } = this.#books
    this.#attempts.push(attempt)
    totals.addRemembered(attempt)
    this.#unwritten++
    store.attemptRemembered(attempt, () => this.#written())
  }

  #written(): void {
    this.#unwritten--
    if (this.#unwritten > 0) return
    for (const { column, state } of this.#succeeded.splice(0)) this.#show(column, state)
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
