import type { GatherCounts, GroupReason } from '../../../shared/group.ts'
import { Gatherer, type Member, type Released, type SealedGroup } from '../../core/gatherer.ts'
import { InputOrder } from '../../core/inputOrder.ts'
import type { PlannedGather } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { GroupRecord, ItemRecord, RunStore } from '../../ports/runStore.ts'
import { readGathered } from './gatheredValue.ts'
import { unmatchedRecord } from './itemRecord.ts'

interface GatherParts {
  readonly run: string
  /** The lane that it ends. */
  readonly lane: number
  readonly gather: PlannedGather
  readonly store: RunStore
  readonly clock: Clock
  /** Of how many items of the source an item of the lane was made. */
  itemsOf(index: number): number
  /** Settled in an earlier part of the run, and not held by it. */
  isSettled(index: number): boolean
  /** A group is on disk: its lane may run it. */
  sealed(group: GroupRecord): void
  /** That an item found no partner is on disk. */
  unmatched(record: ItemRecord): void
  /** Something has come to disk. */
  changed(): void
}

/** What it did in an earlier part of the run. */
export interface GatherPast {
  readonly counts: GatherCounts | null
  /** Groups sealed. */
  readonly groups: number
}

/** Early ones that wait for their turn: above this no further items are started. */
const MAX_EARLY = 10_000
/** Held items read at once when a run goes on. */
const PAGE = 500

/** Takes the items of one lane that are done with it, and gives groups to the next. */
export class GatherRun {
  readonly #parts: GatherParts
  readonly #gatherer: Gatherer
  /** null: members join as they arrive. */
  readonly #order: InputOrder<Member> | null
  readonly #groups: { [reason in GroupReason]: number }
  #members: number
  #filtered: number
  #unmatched: number
  /** Gathered, and neither sealed nor left out. */
  #waiting = 0
  #nextGroup: number
  #unwritten = 0
  #hasEnded = false
  #timer: { readonly dueMs: number; readonly stop: AbortController } | null = null
  #isStopped = false

  constructor(parts: GatherParts, past: GatherPast) {
    const { gather } = parts
    this.#parts = parts
    this.#gatherer = new Gatherer(gather)
    const asTheyArrive = gather.withinMs !== null || (gather.correlate?.withinMs ?? null) !== null
    this.#order = asTheyArrive ? null : new InputOrder(parts.isSettled)
    this.#groups = { ...(past.counts?.groups ?? { size: 0, within: 0, end: 0 }) }
    this.#members = past.counts?.members ?? 0
    this.#filtered = past.counts?.filtered ?? 0
    this.#unmatched = past.counts?.unmatched ?? 0
    this.#nextGroup = past.groups
  }

  /** Nothing further comes out of it. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Groups and records on their way to disk. */
  get unwritten(): number {
    return this.#unwritten
  }

  /** So many wait for an earlier one that no further item should start. */
  get isFull(): boolean {
    return (this.#order?.waiting ?? 0) > MAX_EARLY
  }

  /** An item is done with the lane, on disk; `member` null: it brings nothing. */
  settle(index: number, member: Member | null): void {
    if (member !== null) this.#waiting++
    if (this.#order === null) {
      if (member !== null) this.#join(member)
    } else for (const ready of this.#order.settle(index, member)) this.#join(ready)
  }

  addFiltered(): void {
    this.#filtered++
  }

  /** No further item can come: the rest is released. */
  end(): void {
    this.#hasEnded = true
    this.stop()
    this.#take(this.#gatherer.end())
  }

  /** Nothing is released any more by the passing of time. */
  stop(): void {
    this.#isStopped = true
    this.#timer?.stop.abort()
    this.#timer = null
  }

  counts(): GatherCounts {
    const { gather } = this.#parts
    return {
      gather: gather.id,
      groups: { ...this.#groups },
      members: this.#members,
      waiting: this.#waiting,
      filtered: this.#filtered,
      unmatched: this.#unmatched,
      size: gather.size,
    }
  }

  /** What was gathered before the run stood still, and is in no group yet, joins again in input order. */
  takeBack(held: readonly number[]): void {
    const { store, run, lane } = this.#parts
    for (let from = 0; from < held.length; from += PAGE)
      for (const record of store.itemsAt(run, lane, held.slice(from, from + PAGE)))
        this.settle(record.index, memberOf(record))
  }

  #join(member: Member): void {
    this.#take(this.#gatherer.join(member, this.#parts.clock.elapsed()))
    this.#arm()
  }

  #take({ groups, unmatched }: Released): void {
    for (const group of groups) this.#seal(group)
    for (const index of unmatched) this.#leaveOut(index)
  }

  #seal({ key, reason, members }: SealedGroup): void {
    const { run, lane, gather, store, itemsOf, sealed, changed } = this.#parts
    const group: GroupRecord = {
      run,
      lane: lane + 1,
      index: this.#nextGroup++,
      key,
      reason,
      members: Uint32Array.from(members),
      partsPerEntry: gather.correlate?.of.length ?? 1,
      items: members.reduce((sum, member) => sum + itemsOf(member), 0),
    }
    this.#groups[reason]++
    this.#members += members.length
    this.#waiting -= members.length
    this.#unwritten++
    store.groupSealed(group, () => {
      this.#unwritten--
      sealed(group)
      changed()
    })
  }

  #leaveOut(index: number): void {
    const { run, lane, gather, store, unmatched, changed } = this.#parts
    const [record] = store.itemsAt(run, lane, [index])
    if (record === undefined) throw new Error(`Item ${index} was gathered but is not stored.`)
    const left = unmatchedRecord(record, gather)
    this.#unmatched++
    this.#waiting--
    this.#unwritten++
    store.itemFinished(left, () => {
      this.#unwritten--
      unmatched(left)
      changed()
    })
  }

  /** Wakes when the next group is due; at most one timer runs. */
  #arm(): void {
    const dueMs = this.#gatherer.nextDueMs
    if (this.#isStopped || dueMs === this.#timer?.dueMs) return
    this.#timer?.stop.abort()
    this.#timer = null
    if (dueMs === null) return
    const stop = new AbortController()
    this.#timer = { dueMs, stop }
    const { clock } = this.#parts
    clock.sleep(Math.max(0, dueMs - clock.elapsed()), stop.signal).then(
      () => {
        this.#timer = null
        this.#take(this.#gatherer.due(clock.elapsed()))
        this.#arm()
      },
      () => undefined, // Another one took its place, or the run came to a stop.
    )
  }
}

export function memberOf(record: ItemRecord): Member {
  const { key, part } = readGathered(record)
  return { index: record.index, key, part }
}
