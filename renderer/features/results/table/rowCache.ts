import type { ResultRow } from '../../../../shared/trace.ts'

/** Rows of the results table that were read, by item index. Reads by pages, and again what has changed since. */
export interface RowCache {
  /** null: not read yet. */
  row(index: number): ResultRow | null
  /** Says which rows are in sight: those that are not here, or have changed, are read; with them, those `near` them. */
  want(indexes: readonly number[], near?: Iterable<number>): void
  /** These items have changed: what is in sight of them is read again soon; what is shown stays until then. */
  markStale(indexes: Iterable<number>): void
  /** Everything may have changed. */
  markAllStale(): void
  readonly subscribe: (listener: () => void) => () => void
  readonly version: () => number
  close(): void
}

export interface RowCacheOptions {
  /** null: it could not be done, and the person was told. */
  readonly read: (indexes: readonly number[]) => Promise<readonly ResultRow[] | null>
  readonly mostKept?: number
  /** Pause between two readings of the same page; the first one begins at once. */
  readonly betweenMs?: number
}

/** The host gives at most 500 at once; a screen shows far fewer. */
export const PAGE_ROWS = 200

export function createRowCache({ read, mostKept = 4_000, betweenMs = 1_000 }: RowCacheOptions): RowCache {
  const rows = new Map<number, ResultRow>()
  const stale = new Set<number>()
  const listeners = new Set<() => void>()
  let wanted: readonly number[] = []
  let nearby: readonly number[] = []
  /** On their way: what they say may be out of date when they arrive. */
  let reading: ReadonlySet<number> = new Set()
  let isOpen = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let version = 0

  /** Not for each row that comes near: a reading takes many at once. */
  function isRunningLow(): boolean {
    return nearby.filter((index) => !rows.has(index)).length > nearby.length / 4
  }

  function soon(delayMs: number): void {
    if (isOpen && reading.size === 0) timer ??= setTimeout(() => void readNext(), delayMs)
  }

  function nextPage(): readonly number[] {
    const missing = [...new Set([...wanted, ...nearby])].filter((index) => !rows.has(index))
    const isAnyInSight = missing[0] !== undefined && wanted.includes(missing[0])
    const changed = wanted.filter((index) => stale.has(index))
    return (isAnyInSight || changed.length === 0 ? missing : changed).slice(0, PAGE_ROWS)
  }

  async function readNext(): Promise<void> {
    timer = undefined
    const page = nextPage()
    if (page.length === 0) return
    reading = new Set(page)
    // Before the reading: what changes while it goes on is stale again.
    for (const index of page) stale.delete(index)
    const found = await read(page)
    reading = new Set()
    if (!isOpen || found === null) return
    for (const row of found) {
      rows.delete(row.index)
      rows.set(row.index, row)
    }
    forgetOldest()
    version++
    for (const listener of listeners) listener()
    if (wanted.some((index) => !rows.has(index)) && found.length > 0) soon(0)
    else soon(betweenMs)
  }

  function forgetOldest(): void {
    const inSight = new Set(wanted)
    for (const index of rows.keys()) {
      if (rows.size <= mostKept) return
      if (!inSight.has(index)) rows.delete(index)
    }
  }

  return {
    row: (index) => rows.get(index) ?? null,
    want(indexes, near = []) {
      wanted = indexes
      nearby = [...near]
      if (wanted.some((index) => !rows.has(index)) || isRunningLow()) {
        clearTimeout(timer)
        timer = undefined
        soon(0)
      } else if (wanted.some((index) => stale.has(index))) soon(betweenMs)
    },
    markStale(indexes) {
      for (const index of indexes) if (rows.has(index) || reading.has(index)) stale.add(index)
      if (wanted.some((index) => stale.has(index))) soon(betweenMs)
    },
    markAllStale() {
      for (const index of [...rows.keys(), ...reading]) stale.add(index)
      soon(0)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
    close() {
      isOpen = false
      clearTimeout(timer)
    },
  }
}
