import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { ItemError, ItemPlace, RunLane } from '../../../shared/run.ts'
import type { Scope } from '../../core/expression.ts'
import type { PlannedGather, PlannedLane, PlannedModelStage } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ItemRecord, RunStore } from '../../ports/runStore.ts'
import type { SourceEntry } from '../../ports/source.ts'
import type { Memory } from '../model/memory.ts'
import type { ModelCalls } from '../model/modelCell.ts'
import { runModelStage } from '../model/modelStage.ts'
import type { PackRoom } from '../pack/packRoom.ts'
import { readStored } from '../results/storedJson.ts'
import type { Past } from '../run/history.ts'
import type { ItemPlan, RunPlans } from '../run/runPlans.ts'
import type { RunSwitch } from '../run/runSwitch.ts'
import type { Totals } from '../run/totals.ts'
import { type FetchCalls, runFetchStage } from '../stages/fetchStage.ts'
import { type ItemEnd, runItem, type StageCalls, unrunItem } from '../stages/runItem.ts'
import { askGather, type GatherEnd } from './askGather.ts'
import { readGathered } from './gatheredValue.ts'
import { type GatherRun, memberOf } from './gatherRun.ts'
import { ItemJournal, type LaneBooks } from './itemJournal.ts'
import { itemRecord } from './itemRecord.ts'
import { itemScope } from './itemScope.ts'
import type { Ledger } from './ledger.ts'

/** What the lanes of a run share. */
export interface RunShared {
  readonly run: string
  readonly plans: RunPlans
  readonly startedAt: number
  readonly store: RunStore
  readonly clock: Clock
  readonly fetches: FetchCalls
  readonly stops: RunSwitch
  readonly totals: Totals
  readonly memory: Memory
  readonly calls: ReadonlyMap<PlannedModelStage, ModelCalls>
  readonly room: PackRoom
  /** Expressions ask for the item before. */
  readonly isSequential: boolean
  /** Items of the source; null: not known yet. */
  total(): number | null
  onBug(error: unknown): void
  /** An item has failed, not on disk yet. */
  failed(lane: number, index: number, error: ItemError): void
  /** A result is on disk that goes no further. */
  ended(lane: number, index: number): void
  /** An item or group is finished, not on disk yet: what goes wrong is to be seen before much more of it is asked. */
  finished(record: ItemRecord): void
  /** A model has answered a cell of it, not on disk yet. */
  answered(place: ItemPlace, isInvalid: boolean): void
  /** Something that is shown has changed. */
  shown(): void
  /** Something that others may wait for has changed. */
  changed(): void
}

interface LaneParts {
  readonly index: number
  readonly plan: PlannedLane
  readonly ledger: Ledger
  readonly past: Past
  /** Of how many items of the source an item of the lane was made. */
  itemsOf(index: number): number
}

/** What runs once through a lane: an item of the source, or a group. */
export type LaneEntry = Pick<SourceEntry, 'index' | 'key' | 'source' | 'load'>

/** One lane of a run: its items in flight, and where they stand. */
export class LaneRun {
  readonly ledger: Ledger
  readonly past: Past
  readonly plan: PlannedLane
  readonly #index: number
  readonly #itemsOf: (index: number) => number
  readonly #shared: RunShared
  readonly #books: LaneBooks
  /** Takes the lane's items on; null: it is the last one. */
  gather: GatherRun | null = null
  /** Items in flight, by index. */
  readonly #journals = new Map<number, ItemJournal>()
  #active = 0
  #running = 0
  #unwritten = 0
  #cannotWrite = false
  #last: { readonly index: number; readonly output: Json } | null = null

  constructor({ index, plan, ledger, past, itemsOf }: LaneParts, shared: RunShared) {
    this.ledger = ledger
    this.past = past
    this.plan = plan
    this.#index = index
    this.#itemsOf = itemsOf
    this.#shared = shared
    const { run, store, totals, memory, shown: changed, answered } = shared
    this.#books = { run, lane: index, plan, store, ledger, totals, memory, changed, answered }
  }

  /** Items in flight. */
  get active(): number {
    return this.#active
  }

  /** Items of the source that are in flight here. */
  get running(): number {
    return this.#running
  }

  /** Whether nothing of it is in flight or on its way to disk. */
  get isQuiet(): boolean {
    const unwritten = this.#unwritten + (this.gather?.unwritten ?? 0)
    return this.#active === 0 && (unwritten === 0 || this.#cannotWrite)
  }

  /** Of a lane that a gather ends: something is on its way to disk that may bring a group. */
  get mayBringGroups(): boolean {
    return this.gather !== null && !this.#cannotWrite && this.#unwritten + this.gather.unwritten > 0
  }

  /** No further item of it may start now. */
  get isFull(): boolean {
    if (this.#shared.isSequential && this.#active > 0) return true
    // One of those in flight is what the early ones wait for.
    return this.gather?.isFull === true && this.#active > 0
  }

  /** What was on its way to disk will never come there. */
  giveUpWrites(): void {
    this.#cannotWrite = true
  }

  start(entry: LaneEntry): void {
    this.#active++
    this.#running += this.#itemsOf(entry.index)
    this.ledger.begin(entry.index)
    void this.#run(entry)
  }

  /** When cells of an item in flight are asked again that wait for that, by their paths. */
  retries(index: number): ReadonlyMap<string, number> {
    return this.#journals.get(index)?.retries ?? new Map()
  }

  summary(isCancelled: boolean): RunLane {
    const { begins } = this.plan
    const items = this.#index === 0 ? this.ledger.total : this.ledger.known
    return {
      begins: begins?.id ?? null,
      items,
      counts: this.ledger.counts(isCancelled),
      gather: this.gather?.counts() ?? null,
    }
  }

  async #run(entry: LaneEntry): Promise<void> {
    const { index, key } = entry
    const { run, clock } = this.#shared
    const started = clock.elapsed()
    const journal = new ItemJournal(this.#books, index, this.past.attempts(index))
    const own = this.#shared.plans.of(this.#index, index)
    this.#journals.set(index, journal)
    try {
      const { end, gather } = await this.#runStages(entry, { journal, own })
      if (end.kind === 'suspended') {
        this.ledger.putBack(index)
        return
      }
      const latencyMs = clock.elapsed() - started
      const { attempts } = journal
      const { plan, revision } = own
      this.#finish(
        itemRecord({ run, lane: this.#index, index, key, plan, end, gather, attempts, latencyMs, revision }),
        gather,
      )
    } finally {
      this.#journals.delete(index)
      this.#active--
      this.#running -= this.#itemsOf(index)
      this.#shared.shown()
      this.#shared.changed()
    }
  }

  #finish(record: ItemRecord, gather: GatherEnd | null): void {
    const { index, status, error } = record
    if (error !== null) this.#shared.failed(this.#index, index, error)
    if (this.#shared.isSequential) this.#last = { index, output: outputOf(record) }
    this.#shared.finished(record)
    this.#unwritten++
    this.#shared.store.itemFinished(record, () => {
      this.#unwritten--
      this.#show(record)
      this.ledger.finish(index, status)
      if (status !== 'gathered') this.#decided(record, status)
      if (gather?.kind === 'filtered') this.gather?.addFiltered()
      this.gather?.settle(index, status === 'gathered' ? memberOf(record) : null)
      this.#shared.shown()
      this.#shared.changed()
    })
  }

  /** The item's fate, and that of all that came together in it, is on disk. */
  #decided({ index }: ItemRecord, status: Exclude<ItemRecord['status'], 'gathered'>): void {
    this.#shared.totals.addItems(status, this.#itemsOf(index))
    this.#shared.ended(this.#index, index)
  }

  #show({ index, status, cells }: ItemRecord): void {
    const column = this.plan.ends?.column
    for (const [at, code] of cells.entries())
      if (at === column && status === 'gathered') this.ledger.setCell(index, at, 'held')
      else this.ledger.setCode(index, at, code)
  }

  /** Members of a group that is on disk. */
  showGathered(members: Uint32Array): void {
    const column = this.plan.ends?.column
    if (column !== undefined) for (const index of members) this.ledger.setCell(index, column, 'succeeded')
  }

  /** An item that was gathered has found no partner. */
  leftOut(record: ItemRecord): void {
    this.#show(record)
    this.ledger.recount(record.index, 'gathered', 'skipped')
    this.#decided(record, 'skipped')
    this.#shared.shown()
  }

  async #runStages(
    entry: LaneEntry,
    { journal, own }: { journal: ItemJournal; own: ItemPlan },
  ): Promise<{ end: ItemEnd; gather: GatherEnd | null }> {
    const { plan } = own
    const { stops, onBug } = this.#shared
    try {
      const loaded = entry.load(stops.abort)
      const read = loaded instanceof Promise ? await this.#inFlight(loaded) : loaded
      if (!read.ok) return this.#unread(read.failure)
      const scope = this.#scope(entry, { value: read.value, own })
      const end = await runItem(plan, scope, this.#calls(journal))
      const gather = plan.ends === null ? null : await this.#gather(plan.ends, { entry, scope, end, plan })
      return { end, gather }
    } catch (bug) {
      // Not even a mistake of ours may take other items with it.
      onBug(bug)
      const message = `A mistake in Jacquard: ${bug instanceof Error ? bug.message : String(bug)}. Please report it.`
      return { end: unrunItem(this.plan, { kind: 'internal', message }), gather: null }
    }
  }

  #unread(failure: Failure): { end: ItemEnd; gather: null } {
    // Given up because the run is stopped: nothing is wrong with the item.
    if (failure.kind === 'cancelled' && this.#shared.stops.abort.aborted)
      return { end: { kind: 'suspended', stages: [] }, gather: null }
    return { end: unrunItem(this.plan, failure), gather: null }
  }

  async #gather(
    ends: PlannedGather,
    { entry, scope, end, plan }: { entry: LaneEntry; scope: Scope; end: ItemEnd; plan: PlannedLane },
  ): Promise<GatherEnd | null> {
    if (end.kind !== 'done' || end.status !== 'succeeded') return null
    const outputs = Object.fromEntries(
      plan.stages.map((stage): [string, Json] => {
        const own = end.stages[stage.column]
        return [stage.id, own?.kind === 'succeeded' || own?.kind === 'failed' ? own.output : null]
      }),
    )
    return askGather(ends, scope, { source: entry.source, outputs })
  }

  /** Packs are not sealed early while it goes on. */
  async #inFlight<T>(work: Promise<T>): Promise<T> {
    const { room } = this.#shared
    room.enter()
    try {
      return await work
    } finally {
      room.leave()
    }
  }

  #calls(journal: ItemJournal): StageCalls {
    const { calls, fetches, stops } = this.#shared
    return {
      model: (stage, scope, path) => {
        const own = calls.get(stage)
        if (own === undefined) throw new Error(`No calls were prepared for stage ${stage.id}.`)
        return runModelStage(stage, scope, { calls: own, journal: journal.cell(path) })
      },
      fetch: (stage, scope, path) =>
        this.#inFlight(runFetchStage(stage, scope, { calls: fetches, journal: journal.cell(path) })),
      ended: (stage, path, end) => journal.stageEnded(stage, path, end),
      isSuspended: () => stops.suspend.aborted,
    }
  }

  #scope({ index, source }: LaneEntry, { value, own }: { value: Json; own: ItemPlan }): Scope {
    const { run, startedAt, total } = this.#shared
    const previous = this.#shared.isSequential ? this.#previous(index) : null
    const around = { params: own.params, run, startedAt, total: total() }
    return itemScope(own.plan, { index, source, value, previous }, around)
  }

  #previous(index: number): Json {
    if (this.#last?.index === index - 1) return this.#last.output
    const [before] = this.#shared.store.itemsAt(this.#shared.run, this.#index, [index - 1])
    return before === undefined ? null : outputOf(before)
  }
}

/** What an item hands to the one behind it. */
export function outputOf(record: ItemRecord): Json {
  return record.status === 'gathered' ? readGathered(record).value : readStored(record.outputJson)
}
