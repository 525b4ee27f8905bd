import { callOrNotify } from '../../../lib/callOrNotify.ts'

/** The names of a run's items, read when they are asked for; a million of them are never all here. */
export interface ItemKeys {
  /** null: not known yet; it is being read now, and the version moves on when it is there. */
  readonly keyOf: (item: number) => string | null
  readonly subscribe: (listener: () => void) => () => void
  readonly version: () => number
}

/** Names asked for within this time are read together. */
const GATHER_MS = 40
const MOST_AT_ONCE = 1000
const MOST_KEPT = 20_000

export function createItemKeys(run: string, lane: number): ItemKeys {
  const known = new Map<number, string>()
  const wanted = new Set<number>()
  const listeners = new Set<() => void>()
  let version = 0
  let isGathering = false

  async function read(): Promise<void> {
    isGathering = false
    // The newest wishes first: what was scrolled past need not be read.
    const indexes = [...wanted].slice(-MOST_AT_ONCE)
    wanted.clear()
    const keys = await callOrNotify('runs.keys', { run, lane, indexes })
    if (keys === null) return
    if (known.size > MOST_KEPT) known.clear()
    for (const [at, index] of indexes.entries()) {
      const key = keys[at]
      if (key !== undefined) known.set(index, key)
    }
    version++
    for (const listener of listeners) listener()
  }

  return {
    keyOf(item) {
      const key = known.get(item)
      if (key !== undefined) return key
      wanted.add(item)
      if (!isGathering) setTimeout(() => void read(), GATHER_MS)
      isGathering = true
      return null
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
  }
}
