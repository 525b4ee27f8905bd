import type { CellState } from '../../../../shared/cell.ts'
import type { RunCounts } from '../../../../shared/run.ts'

export interface LedgerEntry {
  readonly word: string
  readonly state: keyof RunCounts & CellState
  readonly count: number
}

/** A run's items by where they stand, as its header says them; entries that may be left out are, when they are 0. */
export function ledger(counts: RunCounts): { readonly entries: readonly LedgerEntry[]; readonly sum: number } {
  const all: readonly (LedgerEntry & { readonly always: boolean })[] = [
    { word: 'done', state: 'succeeded', count: counts.succeeded, always: true },
    { word: 'running', state: 'running', count: counts.running, always: false },
    { word: 'waiting', state: 'waiting', count: counts.waiting, always: false },
    { word: 'failed', state: 'failed', count: counts.failed, always: true },
    { word: 'skipped', state: 'skipped', count: counts.skipped, always: false },
    { word: 'cancelled', state: 'cancelled', count: counts.cancelled, always: false },
  ]
  return {
    entries: all.filter(({ count, always }) => always || count > 0),
    sum: all.reduce((sum, { count }) => sum + count, 0),
  }
}
