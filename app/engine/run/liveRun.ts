import type { RunLimits } from '../../../shared/limits.ts'
import type { ItemError, PauseReason, RunProgress, RunState, RunSummary } from '../../../shared/run.ts'
import { canarySize } from '../../core/canary.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import { type HeldBackend, runLimits } from '../../core/runLimits.ts'
import { fatesBefore, Lanes } from '../lanes/lanes.ts'
import { Budget } from '../model/budget.ts'
import type { Limiter } from '../model/limiter.ts'
import { modelCalls } from '../model/modelCalls.ts'
import type { ModelCalls } from '../model/modelCell.ts'
import { PackRoom } from '../pack/packRoom.ts'
import { countFinished, notAccounted } from './reconcile.ts'
import { RunFeed } from './runFeed.ts'
import { RunGuard } from './runGuard.ts'
import { RunOutcome } from './runOutcome.ts'
import type { RunStart, RunSurroundings } from './runStart.ts'
import { RunSwitch } from './runSwitch.ts'
import { type CanaryParts, SourceReader } from './sourceReader.ts'
import { NO_TOTALS, Totals } from './totals.ts'
import { Turns } from './turns.ts'

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
  readonly #budget: Budget
  readonly #guard: RunGuard
  readonly #stops = new RunSwitch()
  readonly #outcome = new RunOutcome()
  readonly #turns: Turns
  readonly #feed: RunFeed
  readonly #stopListening: () => void
  readonly #hasPacks: boolean
  readonly #itemListeners = new Set<(lane: number, index: number) => void>()
  /** What it is said to be in while its results are written; null: they are not. */
  #writingAs: RunState | null = null
  /** Items that the database does not account for; null: not held against it yet. */
  #unaccounted: number | null = null
  /** What the first call of the run found out for all of them; null: none was to be made yet. */
  #mayCall: Promise<boolean> | null = null
  #calls: ReadonlyMap<PlannedModelStage, ModelCalls> = new Map()
  #finished: Promise<RunState> | null = null

  constructor(start: RunStart, around: RunSurroundings) {
    this.run = start.record.run
    this.#start = start
    this.#around = around
    this.#turns = new Turns(start.concurrency, {
      store: around.store,
      stops: this.#stops,
      lanes: () => this.#lanes,
      reader: () => this.#reader,
      room: () => this.#room,
    })
    this.#totals = new Totals({
      ...(start.before?.progress.totals ?? NO_TOTALS),
      ...fatesBefore(start.before?.lanes ?? []),
    })
    this.#hasPacks = start.plans.modelStages().some(({ pack }) => pack !== null)
    this.#room = new PackRoom({
      mayGrow: () => this.#turns.mayGrow(),
      waits: () => this.#changed(),
      clock: around.clock,
      before: start.before?.progress.packs ?? [],
    })
    const spent = this.#totals.value
    this.#budget = new Budget(start.budgetMicros, spent.costMicros + spent.uncertainMicros, around.dayBudget)
    this.#guard = this.#makeGuard()
    this.#lanes = this.#makeLanes()
    this.#feed = this.#makeFeed()
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
    this.#outcome.cancel()
    this.#stops.giveUp()
    this.#changed()
  }

  /** Pauses without waiting for calls in flight: their answers are lost and will be asked again. */
  pauseAtOnce(): void {
    this.pause()
    this.#stops.giveUp()
  }

  /** These items of the source go first, in this order, as far as they have not begun. */
  first(indexes: readonly number[]): void {
    this.#reader.first(indexes)
    this.#changed()
  }

  /** When cells of an item are asked again that wait for that, by their paths. */
  retries(lane: number, index: number): ReadonlyMap<string, number> {
    return this.#lanes.retries(lane, index)
  }

  setConcurrency(concurrency: number | 'unbounded'): void {
    this.#turns.concurrency = concurrency
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

  /** A run is over when its results are written, which takes seconds after a million items: until then it goes on. */
  summary(): RunSummary {
    const summary = this.#feed.summary()
    return this.#writingAs === null ? summary : { ...summary, state: this.#writingAs }
  }

  /** All items are done with; the results are being written. */
  get isEnding(): boolean {
    return this.#outcome.hasEnded
  }

  /** Everything as it stands, without changes: whoever asks reads the cells apart. */
  progress(): RunProgress {
    return { ...this.#feed.progress(), summary: this.summary() }
  }

  #makeLanes(): Lanes {
    const { record, plans, before, sourceFolder, isSequential } = this.#start
    const { store, clock, limiters, memory, web, onBug } = this.#around
    const { suspend, abort } = this.#stops
    this.#calls = modelCalls(plans.modelStages(), {
      ...this.#around,
      budget: this.#budget,
      takesFromOthers: record.options.memory !== false,
      stops: this.#stops,
      room: this.#room,
      sourceFolder,
      canPause: record.kind === 'batch',
      mayCall: () => (this.#mayCall ??= this.#preflight()),
      pause: (reason) => this.#pauseNow(reason),
    })
    return new Lanes(plans.main, before?.lanes ?? null, {
      run: this.run,
      plans,
      startedAt: record.startedAt,
      store,
      clock,
      fetches: { web, limiters, clock, suspend, abort },
      stops: this.#stops,
      totals: this.#totals,
      memory,
      calls: this.#calls,
      room: this.#room,
      isSequential,
      total: () => this.#lanes.first.ledger.total,
      onBug,
      failed: (lane, index, error) => this.#noteError({ lane, index, error }),
      ended: (lane, index) => {
        for (const listener of this.#itemListeners) listener(lane, index)
      },
      finished: (item) => this.#guard.finished(item),
      answered: (place, isInvalid) => this.#guard.answered(place, isInvalid),
      shown: () => this.#feed.changed(),
      changed: () => this.#changed(),
    })
  }

  /** Before the first call, not before the run: what memory answers needs neither a key nor a server. */
  async #preflight(): Promise<boolean> {
    if (this.#start.record.kind !== 'batch') return true
    const targets = [...this.#calls.values()].flatMap(({ own, escalation }) =>
      escalation === null ? [own] : [own, escalation],
    )
    const { preflight, freeBytes } = this.#around
    const { suspend: signal } = this.#stops
    try {
      const reason = await preflight.check(
        targets.map(({ tier, model }) => ({ ...model, tier })),
        { signal, freeBytes: await freeBytes(), items: this.#lanes.first.ledger.known },
      )
      if (reason !== null) this.#pauseNow(reason)
      return reason === null
    } catch (error) {
      if (signal.aborted) return false
      throw error
    }
  }

  #makeGuard(): RunGuard {
    const { tripwires, before, expectedMicros } = this.#start
    return new RunGuard({
      tripwires,
      expectedMicros,
      canary: before?.progress.canary ?? null,
      failedBefore: before?.lanes[0]?.past.fates.failed ?? 0,
      left: () => this.summary().counts.waiting,
      pause: (reason) => this.#pauseNow(reason),
      changed: () => this.#changed(),
    })
  }

  /** What keeps the run from going faster, for those who watch it. */
  #limits(): RunLimits | null {
    if (this.#outcome.state.status !== 'running') return null
    return runLimits({
      backends: this.#backends(),
      active: this.#lanes.active,
      atOnce: this.#turns.concurrency,
      waiting: this.#lanes.first.ledger.counts(false).waiting,
      isSourceOpen: !this.#reader.hasReadAll,
      isCanaryRunning: this.#guard.isCanaryRunning,
      waitingForBudget: this.#budget.waiting,
      isDiskBehind: this.#turns.isDiskBehind,
    })
  }

  #backends(): readonly HeldBackend[] {
    const byLimiter = new Map<Limiter, Set<string>>()
    for (const { own, escalation } of this.#calls.values())
      for (const target of escalation === null ? [own] : [own, escalation])
        byLimiter.set(target.limiter, (byLimiter.get(target.limiter) ?? new Set()).add(target.tier))
    return [...byLimiter].map(([limiter, tiers]) => ({
      ...limiter.load(),
      tiers: [...tiers],
      heldBy: limiter.waitsFor(),
    }))
  }

  #makeFeed(): RunFeed {
    const { record, budgetMicros, before } = this.#start
    const { store, clock, onProgress } = this.#around
    return new RunFeed({
      record,
      store,
      clock,
      lanes: this.#lanes,
      totals: this.#totals,
      room: this.#room,
      budgetMicros,
      revision: this.#start.revision,
      ignoredWires: before?.progress.ignoredWires ?? [],
      guard: this.#guard,
      reservedMicros: () => this.#budget.reservedMicros,
      unaccounted: () => this.#unaccounted,
      limits: () => this.#limits(),
      activeMsBefore: before?.progress.activeMs ?? 0,
      state: () => this.#outcome.state,
      concurrency: () => this.#turns.concurrency,
      onProgress,
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
      canary: this.#canaryOf(),
      mayStart: () => this.#turns.mayStart(),
      start: (entry) => first.start(entry),
      changed: () => {
        this.#feed.changed()
        this.#changed()
      },
    })
  }

  /** Goes on with what an earlier part of the run has begun; one that has run already does not run again. */
  #canaryOf(): CanaryParts | null {
    const { record, plans, before, isSequential } = this.#start
    const begun = before?.progress.canary ?? null
    if (before !== null && begun?.status !== 'running') return null
    if (record.kind === 'test' || isSequential || plans.modelStages().length === 0) return null
    return {
      count: (items) =>
        begun?.items ?? canarySize({ asked: record.options.canary, items, concurrency: this.#turns.concurrency }),
      begin: (items, open) => {
        this.#guard.beginCanary(items, open)
        // A run that dies is to know that it was in the middle of it.
        this.#feed.store()
      },
      passed: () => this.#guard.canaryPassed(this.#stops.suspend),
    }
  }

  async #go(): Promise<RunState> {
    this.#feed.begin()
    // A run that dies is to know how many items it has.
    const counted = this.#reader.count().then(() => this.#feed.store())
    if (this.#start.needsTotal) await counted
    this.#lanes.takeBack()
    const read = this.#reader.read()
    while (!this.#isOver()) await this.#turns.nextChange()
    await Promise.all([read, counted])
    await this.#end()
    return this.#outcome.state
  }

  /** Starts what may start, and tells whether nothing is left to be done in this part of the run. */
  #isOver(): boolean {
    if (this.#stops.suspend.aborted) {
      this.#lanes.stop()
      return this.#reader.isOver && this.#lanes.isQuiet
    }
    this.#lanes.startGroups(() => this.#turns.hasRoom())
    if (!this.#reader.isOver) return false
    if (this.#reader.hasReadAll) return this.#lanes.close()
    return this.#lanes.isQuiet && !this.#lanes.hasQueued
  }

  async #end(): Promise<void> {
    this.#lanes.stop()
    // Writing the results takes seconds after a million items: how far it came is shown before.
    this.#feed.push()
    const isComplete = this.#lanes.first.ledger.total !== null && this.summary().counts.waiting === 0
    if (isComplete) await this.#reconcile()
    const { state: before } = this.#outcome
    this.#outcome.end({ sourceError: this.#reader.error, isComplete: isComplete && this.#unaccounted === 0 })
    this.#stopListening()
    if (this.#outcome.isCancelled) this.#lanes.cancelRest()
    this.#feed.end()
    this.#writingAs = before
    const { state } = this.#outcome
    if (state.status === 'paused' && state.reason.kind === 'disk') this.#feed.store()
    else await this.#storeEnd(before)
    await this.#start.source.close()
    this.#writingAs = null
    this.#feed.pushLast()
  }

  /** `before`: the state it was in until now. */
  async #storeEnd(before: RunState): Promise<void> {
    const { output } = this.#start.record
    const { state } = this.#outcome
    // Killed while its results are written, it must not pass for complete: resuming writes them.
    this.#feed.store(output !== null && state.status === 'completed' ? before : state)
    if (!(await this.#isOnDisk()) || output === null) return
    const problem = await this.#around.writeOutput(this.run)
    if (problem !== null) this.#outcome.fail(problem)
    this.#feed.store()
    await this.#isOnDisk()
  }

  /** Whether all that was written so far is on disk. Where the disk refuses, the run has paused for that, whatever it came to. */
  async #isOnDisk(): Promise<boolean> {
    try {
      await this.#around.store.flush()
      return true
    } catch (error) {
      this.#outcome.notStored(diskRefuses(error))
      this.#feed.store()
      return false
    }
  }

  /** Results are held against items by what is on disk: counts in memory could be wrong together. */
  async #reconcile(): Promise<void> {
    const { store } = this.#around
    const items = this.#lanes.first.ledger.known
    try {
      await store.flush()
    } catch {
      return // The disk has refused: the run is paused for that.
    }
    this.#unaccounted = items - (await countFinished(store, this.run, this.#start.plans.main.lanes.length))
    if (this.#unaccounted !== 0) this.#outcome.pause(notAccounted(this.#unaccounted, items))
  }

  #noteError(failed: { lane: number; index: number; error: ItemError }): void {
    if (this.#start.record.options.stopOnError !== true) return
    this.#outcome.noteError(failed)
    this.#stops.stopStarting()
    this.#changed()
  }

  #cannotWrite(error: Error): void {
    this.#pauseNow(diskRefuses(error))
    this.#stops.giveUp()
    this.#lanes.giveUpWrites()
    this.#changed()
  }

  #pauseNow(reason: PauseReason): void {
    if (!this.#outcome.pause(reason)) return
    this.#stops.stopStarting()
    this.#feed.changed()
    this.#changed()
  }

  /** Something has changed that the run, its reader or its packs may wait for. */
  #changed(): void {
    this.#turns.changed()
    if (this.#hasPacks) this.#room.changed()
  }
}

function diskRefuses(error: unknown): PauseReason {
  const why = error instanceof Error ? error.message : String(error)
  return {
    kind: 'disk',
    message: `Results cannot be stored: ${why}. What is on disk is kept; make room, then resume.`,
  }
}
