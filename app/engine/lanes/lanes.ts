import type { LaneChanges, RunCounts, RunLane, StageCounts } from '../../../shared/run.ts'
import type { Plan } from '../../core/plan.ts'
import type { GroupRecord, RunTotals } from '../../ports/runStore.ts'
import { NO_PAST, type Past } from '../run/history.ts'
import { fateCounts } from '../run/runSummary.ts'
import { GatherRun } from './gatherRun.ts'
import { groupItem, groupName } from './groupItem.ts'
import { LaneRun, type RunShared } from './laneRun.ts'
import { Ledger } from './ledger.ts'

/** What an earlier part of a run left of one lane. */
export interface LaneBefore {
  readonly past: Past
  readonly ledger: Ledger
  /** As it was stored or counted last. */
  readonly lane: RunLane | null
}

/** Items of the source whose fate an earlier part of the run has decided. */
export function fatesBefore(before: readonly LaneBefore[]): Past['fates'] {
  const sum = (fate: keyof Past['fates']) => before.reduce((all, { past }) => all + past.fates[fate], 0)
  return { succeeded: sum('succeeded'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The lanes of a run, one behind the other, and the groups that wait between them. */
export class Lanes {
  readonly #lanes: readonly LaneRun[]
  readonly #shared: RunShared
  /** Of each lane: of how many items of the source each group was made. */
  readonly #sizes: readonly number[][]
  /** Of each lane: groups that wait for their turn, oldest first. */
  readonly #queues: readonly Set<number>[]

  constructor(plan: Plan, before: readonly LaneBefore[] | null, shared: RunShared) {
    this.#shared = shared
    this.#sizes = plan.lanes.map((_, index) => [...(before?.[index]?.past.groups ?? [])])
    this.#lanes = plan.lanes.map((lane, index) => {
      const columns = lane.stages.length + (lane.ends === null ? 0 : 1)
      const { past = NO_PAST, ledger = new Ledger(columns, null) } = before?.[index] ?? {}
      return new LaneRun({ index, plan: lane, ledger, past, itemsOf: (at) => this.#itemsOf(index, at) }, shared)
    })
    this.#queues = this.#lanes.map(({ past }, index) => {
      const groups = [...(this.#sizes[index] ?? []).keys()]
      return new Set(groups.filter((group) => !past.isDone(group)))
    })
    for (const [index, lane] of this.#lanes.entries()) lane.gather = this.#gatherOf(lane, index, before)
  }

  /** The lane of the source's items. */
  get first(): LaneRun {
    const [first] = this.#lanes
    if (first === undefined) throw new Error('A plan has at least one lane.')
    return first
  }

  /** Items and groups in flight. */
  get active(): number {
    return this.#lanes.reduce((sum, { active }) => sum + active, 0)
  }

  get hasQueued(): boolean {
    return this.#queues.some(({ size }) => size > 0)
  }

  /** A group that waits could start now. */
  get canStartQueued(): boolean {
    return this.#queues.some(({ size }, index) => size > 0 && this.#lanes[index]?.isFull === false)
  }

  /** Groups may come though nothing is in flight. */
  get mayBringGroups(): boolean {
    return this.#lanes.some(({ mayBringGroups }) => mayBringGroups)
  }

  /** Nothing is in flight or on its way to disk. */
  get isQuiet(): boolean {
    return this.#lanes.every(({ isQuiet }) => isQuiet)
  }

  /** What was gathered in an earlier part of the run joins again. */
  takeBack(): void {
    for (const { gather, past } of this.#lanes) gather?.takeBack(past.held)
  }

  /** Starts groups while there is room, those of later lanes first, so that groups do not pile up. */
  startGroups(hasRoom: () => boolean): void {
    for (let index = this.#lanes.length - 1; index > 0; index--) {
      const lane = this.#lanes[index]
      const queue = this.#queues[index]
      for (const group of queue ?? []) {
        if (lane === undefined || lane.isFull || !hasRoom()) break
        queue?.delete(group)
        this.#start(lane, index, group)
      }
    }
  }

  /** Called when all items of the source were started: ends each gather to which nothing more can come. True: all is done. */
  close(): boolean {
    for (const [index, lane] of this.#lanes.entries()) {
      if (!lane.isQuiet || (this.#queues[index]?.size ?? 0) > 0) return false
      if (lane.gather === null) return true
      if (!lane.gather.hasEnded) lane.gather.end()
      if (lane.gather.unwritten > 0) return false
      const next = this.#lanes[index + 1]
      if (next !== undefined) next.ledger.total = next.ledger.known
    }
    return true
  }

  /** Nothing is released any more by the passing of time. */
  stop(): void {
    for (const { gather } of this.#lanes) gather?.stop()
  }

  giveUpWrites(): void {
    for (const lane of this.#lanes) lane.giveUpWrites()
  }

  cancelRest(): void {
    for (const { ledger } of this.#lanes) ledger.cancelRest()
  }

  retries(lane: number, index: number): ReadonlyMap<string, number> {
    return this.#lanes[lane]?.retries(index) ?? new Map()
  }

  cells(lane: number, range: { from: number; count: number }): Uint8Array {
    return this.#lanes[lane]?.ledger.cells(range.from, range.count) ?? new Uint8Array()
  }

  /** Of the source's items. */
  counts(totals: RunTotals, isCancelled: boolean): RunCounts {
    const running = this.#lanes.reduce((sum, lane) => sum + lane.running, 0)
    return fateCounts(totals, { running, known: this.first.ledger.known, isCancelled })
  }

  summaries(isCancelled: boolean): readonly RunLane[] {
    return this.#lanes.map((lane) => lane.summary(isCancelled))
  }

  stageCounts(): readonly StageCounts[] {
    return this.#lanes.flatMap(({ ledger }) => ledger.stageCounts())
  }

  takeChanges(): readonly LaneChanges[] {
    return this.#lanes.map(({ ledger }) => ledger.takeChanges())
  }

  #itemsOf(lane: number, index: number): number {
    return lane === 0 ? 1 : (this.#sizes[lane]?.[index] ?? 0)
  }

  #start(lane: LaneRun, index: number, at: number): void {
    const { store, run } = this.#shared
    const [group] = store.groups(run, index, { from: at, to: at + 1 })
    const { begins } = lane.plan
    if (group === undefined || begins === null) throw new Error(`Group ${at} of lane ${index} is not stored.`)
    lane.start({
      index: at,
      key: groupName(group),
      source: null,
      load: () => ({ ok: true, value: groupItem(store, group, begins) }),
    })
  }

  #gatherOf(lane: LaneRun, index: number, before: readonly LaneBefore[] | null): GatherRun | null {
    const { run, store, clock, changed } = this.#shared
    const gather = lane.plan.ends
    if (gather === null) return null
    return new GatherRun(
      {
        run,
        lane: index,
        gather,
        store,
        clock,
        itemsOf: (at) => this.#itemsOf(index, at),
        isSettled: (at) => lane.past.isSettled(at),
        sealed: (group) => this.#sealed(lane, group),
        unmatched: (record) => lane.leftOut(record),
        changed,
      },
      { counts: before?.[index]?.lane?.gather ?? null, groups: this.#sizes[index + 1]?.length ?? 0 },
    )
  }

  #sealed(from: LaneRun, group: GroupRecord): void {
    from.showGathered(group.members)
    const sizes = this.#sizes[group.lane]
    if (sizes !== undefined) sizes[group.index] = group.items
    this.#lanes[group.lane]?.ledger.add(group.index)
    this.#queues[group.lane]?.add(group.index)
    this.#shared.shown()
  }
}
