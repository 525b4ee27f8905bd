/**
 * The states of all cells of one lane of a run, kept outside React: up to millions of bytes of which thousands change each second.
 * Views subscribe, and draw from `states` when the version has moved on.
 */
export class CellGrid {
  readonly run: string
  /** 0: the source's items; further ones: groups. */
  readonly lane: number
  /** Stage ids, the columns; empty until the first page has been read. */
  stages: readonly string[] = []
  /** Rows known so far. */
  items = 0
  /** `items × stages` codes (shared/cell.ts), a row an item. Replaced when the grid grows: never keep a reference. */
  states = new Uint8Array(0)
  version = 0
  load:
    | { readonly status: 'loading' }
    | { readonly status: 'ready' }
    | { readonly status: 'failed'; readonly message: string } = {
    status: 'loading',
  }
  /** Holds `states` with room to grow. */
  #room = new Uint8Array(0)
  readonly #listeners = new Set<() => void>()

  constructor(run: string, lane: number) {
    this.run = run
    this.lane = lane
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly getVersion = (): number => this.version

  /** The codes of one item's cells, in the order of `stages`. */
  row(item: number): Uint8Array {
    return this.states.subarray(item * this.stages.length, (item + 1) * this.stages.length)
  }

  setStages(stages: readonly string[]): void {
    if (stages.length === this.stages.length && stages.every((stage, index) => stage === this.stages[index])) return
    this.stages = stages
    this.items = 0
    this.#room = new Uint8Array(0)
    this.states = this.#room
  }

  /** Consecutive rows from `from` on, as runs.cells gives them. */
  placeRows(from: number, states: Uint8Array): void {
    const width = this.stages.length
    if (width === 0) return
    this.growTo(from + states.length / width)
    this.states.set(states, from * width)
  }

  /** Single rows, as runProgress gives them. */
  placeChanged(changed: Uint32Array, states: Uint8Array): void {
    const width = this.stages.length
    const last = changed.at(-1)
    if (width === 0 || last === undefined) return
    this.growTo(last + 1)
    for (let row = 0; row < changed.length; row++) {
      const item = changed[row] ?? 0
      for (let stage = 0; stage < width; stage++) this.states[item * width + stage] = states[row * width + stage] ?? 0
    }
  }

  /** New rows wait (code 0). Never shrinks. */
  growTo(items: number): void {
    const width = this.stages.length
    if (width === 0 || items <= this.items) return
    if (items * width > this.#room.length) {
      // Doubling, so that a source that is still being counted does not copy the whole grid for each push.
      const room = new Uint8Array(Math.max(items * width, this.#room.length * 2))
      room.set(this.states)
      this.#room = room
    }
    this.items = items
    this.states = this.#room.subarray(0, items * width)
  }

  /** Says that something changed. Once for a batch of changes, not for each. */
  announce(): void {
    this.version++
    for (const listener of this.#listeners) listener()
  }
}
