/** Work that somebody awaits and may give up, each under the name that it was begun with. */
export class Stoppable {
  readonly #going = new Map<string, { readonly stop: AbortController; readonly work: Promise<unknown> }>()

  /** Work of the same name that goes on is given up first. */
  async during<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const before = this.#going.get(name)
    before?.stop.abort()
    await before?.work.catch(() => undefined)
    const stop = new AbortController()
    const going = { stop, work: work(stop.signal) }
    this.#going.set(name, going)
    try {
      return await (going.work as Promise<T>)
    } finally {
      if (this.#going.get(name) === going) this.#going.delete(name)
    }
  }

  /** false: there is nothing of this name. */
  stop(name: string): boolean {
    const going = this.#going.get(name)
    going?.stop.abort()
    return going !== undefined
  }

  /** Gives up all of it. */
  async close(): Promise<void> {
    const all = [...this.#going.values()]
    for (const { stop } of all) stop.abort()
    // Whoever began it hears of its errors.
    await Promise.allSettled(all.map(({ work }) => work))
  }
}
