/**
 * Gives on in input order what is done in any order. What is done early is held until all before it are settled: given
 * on, or known to bring nothing.
 */
export class InputOrder<T> {
  readonly #early = new Map<number, T | null>()
  readonly #isSettled: (index: number) => boolean
  #next = 0

  /** `isSettled`: of indexes that were settled before this began and are not given again. */
  constructor(isSettled: (index: number) => boolean = () => false) {
    this.#isSettled = isSettled
  }

  /** Those that wait for earlier ones. */
  get waiting(): number {
    return this.#early.size
  }

  /** `value` null: the index brings nothing. Gives those whose turn has come, in order. */
  settle(index: number, value: T | null): readonly T[] {
    this.#early.set(index, value)
    if (index !== this.#next && !this.#isSettled(this.#next)) return []
    const ready: T[] = []
    for (;;) {
      const held = this.#early.get(this.#next)
      if (held === undefined && !this.#isSettled(this.#next)) return ready
      if (held !== undefined && held !== null) ready.push(held)
      this.#early.delete(this.#next)
      this.#next++
    }
  }
}
