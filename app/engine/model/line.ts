/** Below it a shift of all that wait costs nothing worth saving. */
const KEPT_SERVED = 1024

/**
 * Who waits, in the order of asking. Taking the first costs the same however many there are: a set would look at all that
 * were taken before, an array would move all that are left.
 */
export class Line<T> {
  #waiting: T[] = []
  /** Those before it were served. */
  #head = 0

  get length(): number {
    return this.#waiting.length - this.#head
  }

  get first(): T | undefined {
    return this.#waiting[this.#head]
  }

  add(one: T): void {
    this.#waiting.push(one)
  }

  removeFirst(): void {
    this.#head++
    if (this.#head > KEPT_SERVED && this.#head * 2 > this.#waiting.length) this.#forgetServed()
  }

  /** Takes out all of whom it is true, and gives them in their order. */
  remove(leaves: (one: T) => boolean): readonly T[] {
    this.#forgetServed()
    const left = this.#waiting.filter(leaves)
    this.#waiting = this.#waiting.filter((one) => !leaves(one))
    return left
  }

  #forgetServed(): void {
    this.#waiting = this.#waiting.slice(this.#head)
    this.#head = 0
  }
}
