import { CELL_CODE } from '../../../shared/cell.ts'
import { stopsRun } from '../../core/nextAttempt.ts'
import type { AttemptRecord, RunStore } from '../../ports/runStore.ts'
import type { Ledger } from '../lanes/ledger.ts'
import { nextTurn } from './nextTurn.ts'
import type { Fate } from './totals.ts'

/** What a run did in one lane before it was paused or killed. */
export interface Past {
  isDone(index: number): boolean
  /** Done, and no gather waits with it. */
  isSettled(index: number): boolean
  /** First item that is not done. */
  readonly firstOpen: number
  /** Items of the source whose fate was decided in this lane. */
  readonly fates: { readonly [fate in Fate]: number }
  /** Attempts of items that were begun and not finished. */
  attempts(index: number): readonly AttemptRecord[]
  /** Items that were gathered and are in no sealed group yet, ascending. */
  readonly held: readonly number[]
  /** Of a lane of groups: of how many items of the source each was made. */
  readonly groups: readonly number[]
}

export const NO_PAST: Past = {
  isDone: () => false,
  isSettled: () => false,
  firstOpen: 0,
  fates: { succeeded: 0, failed: 0, skipped: 0 },
  attempts: () => [],
  held: [],
  groups: [],
}

interface Lane {
  readonly index: number
  readonly ledger: Ledger
  /** The column of the gather that ends it; null: none does. */
  readonly gatherColumn: number | null
}

const [SETTLED, HELD] = [1, 2]

/** Items read at once: some milliseconds' work. */
const PAGE = 5000

/** Takes finished items over into the ledger. Leaves the event loop room for other work: there may be a million. */
export async function restorePast(store: RunStore, run: string, lane: Lane): Promise<Past> {
  const { index: laneIndex, ledger } = lane
  const fates = { succeeded: 0, failed: 0, skipped: 0 }
  const groups = laneIndex === 0 ? [] : await groupSizes(store, run, laneIndex)
  for (const index of groups.keys()) ledger.add(index)
  const reached = store.reached(run, laneIndex)
  const done = new Uint8Array(reached)
  const open = new Map<number, readonly AttemptRecord[]>()
  const held: number[] = []
  for (let from = 0; from < reached; from += PAGE) {
    const { finished, sealed, begun } = store.history(run, laneIndex, { from, to: from + PAGE })
    const inGroups = new Set(sealed)
    for (const { index, status, cells } of finished) {
      done[index] = SETTLED
      if (status !== 'gathered') fates[status] += laneIndex === 0 ? 1 : (groups[index] ?? 0)
      else if (!inGroups.has(index)) {
        held.push(index)
        done[index] = HELD
        if (lane.gatherColumn !== null) cells[lane.gatherColumn] = CELL_CODE.held
      }
      ledger.restore(index, status, cells)
    }
    for (const [index, attempts] of begun) open.set(index, attempts.map(markUndecided))
    await nextTurn()
  }
  const firstOpen = done.indexOf(0)
  return {
    isDone: (index) => index < reached && done[index] !== 0,
    isSettled: (index) => done[index] === SETTLED,
    firstOpen: firstOpen < 0 ? reached : firstOpen,
    fates,
    attempts: (index) => open.get(index) ?? [],
    held,
    groups,
  }
}

async function groupSizes(store: RunStore, run: string, lane: number): Promise<number[]> {
  const sizes: number[] = []
  for (;;) {
    const page = store.groups(run, lane, { from: sizes.length, to: sizes.length + PAGE })
    for (const { items } of page) sizes.push(items)
    if (page.length < PAGE) return sizes
    await nextTurn()
  }
}

/** Attempts that decided nothing (lost in a crash, given up, refused for want of a key) do not count when it goes on. */
function markUndecided(attempt: AttemptRecord): AttemptRecord {
  const { outcome } = attempt
  if (outcome.status === 'succeeded') return attempt
  const isDecided =
    outcome.status === 'failed' && outcome.failure.kind !== 'cancelled' && !stopsRun(outcome.failure, false)
  return isDecided ? attempt : { ...attempt, forgotten: true }
}
