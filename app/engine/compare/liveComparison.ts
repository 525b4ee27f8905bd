import { type Comparison, type ComparisonState, cellName } from '../../../shared/compare/comparison.ts'
import type { TriedCell } from '../../../shared/triedCell.ts'
import { Coalesced } from '../run/coalesced.ts'

/** What is pushed while a comparison goes on: cells that have changed since the last time. */
export interface ComparisonChange {
  readonly comparison: string
  readonly file: string | null
  readonly state: ComparisonState
  readonly cells: readonly TriedCell[]
}

/** Ten times a second at most. */
const PUSH_MS = 100

/** One comparison while something of it is being tried: its cells, and who is told of them. */
export class LiveComparison {
  readonly #start: Comparison
  readonly #cells: Map<string, TriedCell>
  readonly #stop = new AbortController()
  readonly #pushes: Coalesced
  readonly #onChange: (change: ComparisonChange) => void
  #changed = new Map<string, TriedCell>()
  #work = 0
  #state: ComparisonState = { status: 'running' }

  constructor(start: Comparison, onChange: (change: ComparisonChange) => void) {
    this.#start = start
    this.#cells = new Map(start.cells.map((cell) => [cellName(cell), cell]))
    this.#onChange = onChange
    this.#pushes = new Coalesced(PUSH_MS, () => this.#push())
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  stop(): void {
    this.#stop.abort()
  }

  /** Nothing of it is being tried any more. */
  get isOver(): boolean {
    return this.#work === 0
  }

  place(cell: TriedCell): void {
    this.#cells.set(cellName(cell), cell)
    this.#changed.set(cellName(cell), cell)
    this.#pushes.changed()
  }

  /** `work` gives why it could not be done, or null. */
  async during(work: () => Promise<string | null>): Promise<void> {
    this.#work++
    this.#state = { status: 'running' }
    let failure: string | null = null
    try {
      failure = await work()
    } finally {
      this.#work--
      if (failure !== null) this.#state = { status: 'failed', message: failure }
      else if (this.isOver) this.#state = { status: this.signal.aborted ? 'stopped' : 'done' }
    }
  }

  now(): Comparison {
    // What was cut off in the middle has come to nothing.
    const cells = [...this.#cells.values()].filter(({ status }) => !this.isOver || status !== 'running')
    return { ...this.#start, state: this.#state, cells }
  }

  /** Tells how it ended; nothing more is told by itself. */
  pushLast(): void {
    this.#pushes.stop()
    this.#push()
  }

  #push(): void {
    const { comparison, file } = this.#start
    const cells = [...this.#changed.values()]
    this.#changed = new Map()
    this.#onChange({ comparison, file, state: this.#state, cells })
  }
}
