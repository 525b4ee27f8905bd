import type { ItemError, LaneChanges, PauseReason, RunProgress, RunState, RunSummary } from '../../shared/run.ts'
import { modelStages, type Plan } from '../core/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { ImageFiles } from '../ports/imageFiles.ts'
import type { Models } from '../ports/models.ts'
import type { RunProgressRecord, RunRecord, RunStore } from '../ports/runStore.ts'
import type { ItemSource } from '../ports/source.ts'
import type { WebClient } from '../ports/webClient.ts'
import { Budget } from './budget.ts'
import { Coalesced } from './coalesced.ts'
import { fatesBefore, type LaneBefore, Lanes } from './lanes.ts'
import type { Limiters } from './limiter.ts'
import { modelCalls } from './modelCalls.ts'
import { PackRoom } from './packRoom.ts'
import { Rate } from './rate.ts'
import { runSummary } from './runSummary.ts'
import { RunSwitch } from './runSwitch.ts'
import { SourceReader } from './sourceReader.ts'
import { NO_TOTALS, Totals } from './totals.ts'

/** What a run needs of the world around it. */
export interface RunSurroundings {
  readonly store: RunStore
  readonly models: Models
  readonly limiters: Limiters
  readonly clock: Clock
  readonly web: WebClient
  readonly images: ImageFiles
  /** Progress at most ten times a second, and once more when the run has ended. */
  onProgress(progress: RunProgress): void
  /** A mistake of ours that failed an item. */
  onBug(error: unknown): void
  /** Writes the results file; gives why it could not be written, or null. */
  writeOutput(run: string): Promise<string | null>
}

export interface RunStart {
  readonly record: RunRecord
  readonly plan: Plan
  readonly source: ItemSource
  /** Of the source, from the workspace's root or absolute; null: it is no folder. */
  readonly sourceFolder: string | null
  /** What was done before; null: a new run. */
  readonly before: { readonly progress: RunProgressRecord; readonly lanes: readonly LaneBefore[] } | null
  /** Keys of the source's items that are stored. */
  readonly keys: number
  readonly concurrency: number | 'unbounded'
  readonly budgetMicros: number | null
  /** Expressions ask for `run.total`: no item may start before it is known. */
  readonly needsTotal: boolean
  /** Expressions ask for the item before: one item of a lane runs after the other. */
  readonly isSequential: boolean
}

const PROGRESS_MS = 100
/** How often what a list of runs shows is stored while a run goes on. */
const STORE_PROGRESS_MS = 2000
/**
 * Writes that may wait for the disk before the engine stops starting items. Bounds memory where the disk is slower, and
 * how long items that need no call keep the event loop: they are run one after the other until so many have ended.
 */
const MAX_PENDING_WRITES = 1024

/**
 * One run while it goes on. It ends completed, cancelled, failed, or paused: a pause is an orderly end, and resuming
 * starts a new LiveRun on the same run from what is stored, exactly as after a crash.
 */
export class LiveRun {
  readonly run: string
  readonly #around: RunSurroundings
  readonly #start: RunStart
  readonly #lanes: Lanes
  readonly #reader: SourceReader
  readonly #room: PackRoom
  readonly #totals: Totals
  readonly #stops = new RunSwitch()
  readonly #rate = new Rate()
  readonly #feed = new Coalesced(PROGRESS_MS, () => this.#push())
  readonly #startedElapsed: number
  readonly #stopListening: () => void
  readonly #hasPacks: boolean
  readonly #itemListeners = new Set<(lane: number, index: number) => void>()
  #concurrency: number | 'unbounded'
  #state: RunState = { status: 'running' }
  #pauseReason: PauseReason | null = null
  #isCancelled = false
  #firstError: { readonly lane: number; readonly index: number; readonly error: ItemError } | null = null
  #waiting: (() => void)[] = []
  #lastStored = 0
  #endedAt: number | null = null
  #endedElapsed: number | null = null
  #finished: Promise<RunState> | null = null

  constructor(start: RunStart, around: RunSurroundings) {
    this.run = start.record.run
    this.#start = start
    this.#around = around
    this.#concurrency = start.concurrency
    this.#startedElapsed = around.clock.elapsed()
    this.#totals = new Totals({
      ...(start.before?.progress.totals ?? NO_TOTALS),
      ...fatesBefore(start.before?.lanes ?? []),
    })
    this.#hasPacks = modelStages(start.plan).some(({ pack }) => pack !== null)
    this.#room = new PackRoom({
      mayGrow: () => this.#mayGrow(),
      waits: () => this.#changed(),
      clock: around.clock,
    })
    this.#lanes = this.#makeLanes()
    this.#reader = this.#makeReader()
    this.#stopListening = around.store.onWriteError((error) => this.#cannotWrite(error))
  }

  /** Resolves with the state it ended in. */
  finished(): Promise<RunState> {
    this.#finished ??= this.#go()
    return this.#finished
  }

  pause(): void {
    this.#pauseNow({ kind: 'asked', message: 'Paused. Nothing is lost; resume when you like.' })
  }

  /** Of a source that grows: nothing further is awaited, what has come is worked off. */
  finish(): void {
    this.#start.source.finish()
  }

  /** Gives up calls in flight. Finished items are kept; the rest is cancelled. */
  cancel(): void {
    this.#isCancelled = true
    this.#stops.giveUp()
    this.#changed()
  }

  /** Pauses without waiting for calls in flight: their answers are lost and will be asked again. */
  pauseAtOnce(): void {
    this.pause()
    this.#stops.giveUp()
  }

  setConcurrency(concurrency: number | 'unbounded'): void {
    this.#concurrency = concurrency
    this.#changed()
    this.#feed.changed()
  }

  /**
   * Called with each item or group whose result is on disk from now on; not for those that were gathered. Gives what ends
   * the subscription.
   */
  onItem(listener: (lane: number, index: number) => void): () => void {
    this.#itemListeners.add(listener)
    return () => this.#itemListeners.delete(listener)
  }

  cells(lane: number, range: { readonly from: number; readonly count: number }): Uint8Array {
    return this.#lanes.cells(lane, range)
  }

  summary(): RunSummary {
    const counts = this.#lanes.counts(this.#totals.value, this.#state.status === 'cancelled')
    return runSummary(this.#start.record, { ...this.#progressRecord(), counts })
  }

  /** Everything as it stands, without changes: whoever asks reads the cells apart. */
  progress(): RunProgress {
    const nothing = { changed: new Uint32Array(), states: new Uint8Array() }
    return this.#progress(this.#start.plan.lanes.map(() => nothing))
  }

  #makeLanes(): Lanes {
    const { record, plan, before, budgetMicros, sourceFolder, isSequential } = this.#start
    const { store, clock, limiters, web, onBug } = this.#around
    const { suspend, abort } = this.#stops
    const calls = modelCalls(plan, {
      ...this.#around,
      budget: new Budget(budgetMicros, this.#totals.value.costMicros),
      stops: this.#stops,
      room: this.#room,
      sourceFolder,
      canPause: record.kind === 'batch',
      pause: (reason) => this.#pauseNow(reason),
    })
    return new Lanes(plan, before?.lanes ?? null, {
      run: this.run,
      params: plan.params,
      startedAt: record.startedAt,
      store,
      clock,
      fetches: { web, limiters, clock, suspend, abort },
      stops: this.#stops,
      totals: this.#totals,
      calls,
      room: this.#room,
      isSequential,
      total: () => this.#lanes.first.ledger.total,
      onBug,
      failed: (lane, index, error) => this.#noteError({ lane, index, error }),
      ended: (lane, index) => {
        for (const listener of this.#itemListeners) listener(lane, index)
      },
      shown: () => this.#feed.changed(),
      changed: () => this.#changed(),
    })
  }

  #makeReader(): SourceReader {
    const { record, source, keys } = this.#start
    const { first } = this.#lanes
    return new SourceReader({
      run: this.run,
      source,
      store: this.#around.store,
      stops: this.#stops,
      ledger: first.ledger,
      past: first.past,
      limit: record.options.limit ?? Number.POSITIVE_INFINITY,
      keys,
      mayStart: () => !this.#stops.suspend.aborted && (!this.#mustWait() || this.#untilFree()),
      start: (entry) => first.start(entry),
      changed: () => {
        this.#feed.changed()
        this.#changed()
      },
    })
  }

  async #go(): Promise<RunState> {
    const { store, clock } = this.#around
    store.updateRun(this.run, this.#progressRecord())
    this.#rate.add(clock.elapsed(), this.#lanes.first.ledger.finished)
    this.#feed.changed()
    // A run that dies is to know how many items it has.
    const counted = this.#reader.count().then(() => store.updateRun(this.run, this.#progressRecord()))
    if (this.#start.needsTotal) await counted
    this.#lanes.takeBack()
    const read = this.#reader.read()
    while (!this.#isOver()) await this.#nextChange()
    await Promise.all([read, counted])
    await this.#end()
    return this.#state
  }

  /** Starts what may start, and tells whether nothing is left to be done in this part of the run. */
  #isOver(): boolean {
    if (this.#stops.suspend.aborted) {
      this.#lanes.stop()
      return this.#reader.isOver && this.#lanes.isQuiet
    }
    this.#lanes.startGroups(() => !this.#isFull())
    if (!this.#reader.isOver) return false
    if (this.#reader.hasReadAll) return this.#lanes.close()
    return this.#lanes.isQuiet && !this.#lanes.hasQueued
  }

  async #untilFree(): Promise<boolean> {
    while (this.#mustWait() && !this.#stops.suspend.aborted) await this.#nextChange()
    return !this.#stops.suspend.aborted
  }

  #mustWait(): boolean {
    return this.#isFull() || this.#lanes.hasQueued || this.#lanes.first.isFull
  }

  #isFull(): boolean {
    // What waits for others to share a call with must not keep those others from coming.
    const active = this.#lanes.active - this.#room.waiting()
    const isAtBound = this.#concurrency !== 'unbounded' && active >= this.#concurrency
    return isAtBound || this.#around.store.pending() > MAX_PENDING_WRITES
  }

  /** Whether an item may still start without one in flight coming to its end. */
  #mayGrow(): boolean {
    if (this.#stops.suspend.aborted) return false
    if (this.#lanes.hasQueued) return this.#lanes.canStartQueued
    return !this.#reader.isOver && !this.#lanes.first.isFull
  }

  async #end(): Promise<void> {
    this.#lanes.stop()
    // Writing the results takes seconds after a million items: how far it came is shown before.
    this.#push()
    this.#state = this.#endState()
    this.#stopListening()
    if (this.#isCancelled) this.#lanes.cancelRest()
    this.#endedAt = this.#around.clock.now()
    this.#endedElapsed = this.#around.clock.elapsed()
    this.#feed.stop()
    const isStored = !(this.#state.status === 'paused' && this.#state.reason.kind === 'disk')
    if (isStored) await this.#storeEnd()
    await this.#start.source.close()
    this.#around.onProgress(this.#progress(this.#lanes.takeChanges()))
  }

  async #storeEnd(): Promise<void> {
    const { store, writeOutput } = this.#around
    store.updateRun(this.run, this.#progressRecord())
    await store.flush()
    const problem = this.#start.record.output === null ? null : await writeOutput(this.run)
    if (problem === null) return
    this.#state = { status: 'failed', error: { stage: null, kind: 'internal', message: problem } }
    store.updateRun(this.run, this.#progressRecord())
    await store.flush()
  }

  #endState(): RunState {
    if (this.#isCancelled) return { status: 'cancelled' }
    if (this.#reader.error !== null) return { status: 'failed', error: this.#reader.error }
    if (this.#firstError !== null) return { status: 'failed', error: this.#firstError.error }
    const { waiting } = this.summary().counts
    const isComplete = this.#lanes.first.ledger.total !== null && waiting === 0
    if (this.#pauseReason !== null && !isComplete) return { status: 'paused', reason: this.#pauseReason }
    return { status: 'completed' }
  }

  #noteError(failed: { lane: number; index: number; error: ItemError }): void {
    if (this.#start.record.options.stopOnError !== true) return
    const first = this.#firstError
    const isEarlier =
      first === null || failed.lane < first.lane || (failed.lane === first.lane && failed.index < first.index)
    if (isEarlier) this.#firstError = failed
    this.#stops.stopStarting()
    this.#changed()
  }

  #cannotWrite(error: Error): void {
    this.#pauseNow({
      kind: 'disk',
      message: `Results cannot be stored: ${error.message}. What is on disk is kept; make room, then resume.`,
    })
    this.#stops.giveUp()
    this.#lanes.giveUpWrites()
    this.#changed()
  }

  #pauseNow(reason: PauseReason): void {
    if (this.#pauseReason !== null || this.#isCancelled) return
    this.#pauseReason = reason
    this.#state = { status: 'pausing', reason }
    this.#stops.stopStarting()
    this.#feed.changed()
    this.#changed()
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  /** Something has changed that the run, its reader or its packs may wait for. */
  #changed(): void {
    if (this.#waiting.length > 0) for (const wake of this.#waiting.splice(0)) wake()
    if (this.#hasPacks) this.#room.changed()
  }

  #push(): void {
    const now = this.#around.clock.elapsed()
    this.#rate.add(now, this.#lanes.first.ledger.finished)
    if (now - this.#lastStored > STORE_PROGRESS_MS) {
      this.#lastStored = now
      this.#around.store.updateRun(this.run, this.#progressRecord())
    }
    this.#around.onProgress(this.#progress(this.#lanes.takeChanges()))
  }

  #progress(lanes: readonly LaneChanges[]): RunProgress {
    const summary = this.summary()
    const itemsPerSecond = this.#rate.perSecond()
    const left = summary.counts.waiting + summary.counts.running
    // How long groups will take cannot be told from the items that are gathered first.
    const isGoingOn = summary.state.status === 'running' && summary.items !== null && summary.lanes.length === 1
    const remainingMs = itemsPerSecond === null || !isGoingOn ? null : (left / itemsPerSecond) * 1000
    return { summary, stageCounts: this.#lanes.stageCounts(), itemsPerSecond, remainingMs, lanes }
  }

  #progressRecord(): RunProgressRecord {
    return {
      state: this.#state,
      items: this.#lanes.first.ledger.total,
      endedAt: this.#endedAt,
      activeMs: this.#activeMs(),
      concurrency: this.#concurrency,
      budgetMicros: this.#start.budgetMicros,
      totals: this.#totals.value,
      lanes: this.#lanes.summaries(this.#state.status === 'cancelled'),
      packs: this.#room.counts(),
    }
  }

  #activeMs(): number {
    const before = this.#start.before?.progress.activeMs ?? 0
    return before + (this.#endedElapsed ?? this.#around.clock.elapsed()) - this.#startedElapsed
  }
}
