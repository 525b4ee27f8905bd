const WINDOW_MS = 10_000

/** Items per second over the last ten seconds, from readings of a counter. */
export class Rate {
  #readings: { readonly at: number; readonly count: number }[] = []

  /** `at`: a monotonic reading in milliseconds. */
  add(at: number, count: number): void {
    this.#readings.push({ at, count })
    while (this.#readings.length > 2 && at - (this.#readings[1]?.at ?? at) > WINDOW_MS) this.#readings.shift()
  }

  /** null: too early to say. */
  perSecond(): number | null {
    const first = this.#readings[0]
    const last = this.#readings.at(-1)
    if (first === undefined || last === undefined || last.at - first.at < 1000 || last.count === first.count)
      return null
    return ((last.count - first.count) * 1000) / (last.at - first.at)
  }
}
