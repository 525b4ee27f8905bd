import type { Json } from '../../shared/json.ts'
import type { ItemError, PauseReason, RunProgress, RunState, RunSummary } from '../../shared/run.ts'
import type { Scope } from '../core/expression.ts'
import type { Plan, PlannedModelStage, PlannedStage } from '../core/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Models } from '../ports/models.ts'
import type { AttemptRecord, RunProgressRecord, RunRecord, RunStore } from '../ports/runStore.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { Budget } from './budget.ts'
import { Coalesced } from './coalesced.ts'
import { NO_PAST, type Past } from './history.ts'
import { cellStateOf, itemRecord } from './itemRecord.ts'
import { Ledger } from './ledger.ts'
import type { Limiters } from './limiter.ts'
import { modelCalls } from './modelCalls.ts'
import { type CellJournal, type ModelCalls, runModelStage, type StageOutcome } from './modelStage.ts'
import { Rate } from './rate.ts'
import { type ItemEnd, runItem, type StageEnd, unrunItem } from './runItem.ts'
import { runSummary } from './runSummary.ts'
import { RunSwitch } from './runSwitch.ts'
import { NO_TOTALS, Totals } from './totals.ts'

/** What a run needs of the world around it. */
export interface RunSurroundings {
  readonly store: RunStore
  readonly models: Models
  readonly limiters: Limiters
  readonly clock: Clock
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
  /** What was done before; null: a new run. */
  readonly before: { readonly progress: RunProgressRecord; readonly past: Past; readonly ledger: Ledger } | null
  readonly concurrency: number | 'unbounded'
  readonly budgetMicros: number | null
  /** Expressions ask for `run.total`: no item may start before it is known. */
  readonly needsTotal: boolean
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
  readonly #ledger: Ledger
  readonly #calls: ReadonlyMap<string, ModelCalls>
  readonly #past: Past
  readonly #totals: Totals
  readonly #stops = new RunSwitch()
  readonly #rate = new Rate()
  readonly #feed = new Coalesced(PROGRESS_MS, () => this.#push())
  readonly #startedElapsed: number
  readonly #stopListening: () => void
  readonly #itemListeners = new Set<(index: number) => void>()
  #concurrency: number | 'unbounded'
  #state: RunState = { status: 'running' }
  #pauseReason: PauseReason | null = null
  #isCancelled = false
  #hasReadAll = false
  #firstError: { readonly index: number; readonly error: ItemError } | null = null
  #sourceError: ItemError | null = null
  #active = 0
  #uncommitted = 0
  #wake: (() => void) | null = null
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
    this.#ledger = start.before?.ledger ?? new Ledger(start.plan.stages.length, null)
    this.#past = start.before?.past ?? NO_PAST
    this.#totals = new Totals({ ...(start.before?.progress.totals ?? NO_TOTALS), ...this.#past.counts })
    this.#calls = modelCalls(start.plan, {
      ...around,
      budget: new Budget(start.budgetMicros, this.#totals.value.costMicros),
      stops: this.#stops,
      canPause: start.record.kind === 'batch',
      pause: (reason) => this.#pauseNow(reason),
    })
    this.#stopListening = around.store.onWriteError((error) => {
      this.#pauseNow({
        kind: 'disk',
        message: `Results cannot be stored: ${error.message}. What is on disk is kept; make room, then resume.`,
      })
      this.#stops.giveUp()
      this.#uncommitted = 0
      this.#wakeUp()
    })
  }

  /** Resolves with the state it ended in. */
  finished(): Promise<RunState> {
    this.#finished ??= this.#go()
    return this.#finished
  }

  pause(): void {
    this.#pauseNow({ kind: 'asked', message: 'Paused. Nothing is lost; resume when you like.' })
  }

  /** Gives up calls in flight. Finished items are kept; the rest is cancelled. */
  cancel(): void {
    this.#isCancelled = true
    this.#stops.giveUp()
    this.#wakeUp()
  }

  /** Pauses without waiting for calls in flight: their answers are lost and will be asked again. */
  pauseAtOnce(): void {
    this.pause()
    this.#stops.giveUp()
  }

  setConcurrency(concurrency: number | 'unbounded'): void {
    this.#concurrency = concurrency
    this.#wakeUp()
    this.#feed.changed()
  }

  /** Called with each item whose result is on disk from now on. Gives what ends the subscription. */
  onItem(listener: (index: number) => void): () => void {
    this.#itemListeners.add(listener)
    return () => this.#itemListeners.delete(listener)
  }

  cells(from: number, count: number): Uint8Array {
    return this.#ledger.cells(from, count)
  }

  summary(): RunSummary {
    return runSummary(this.#start.record, {
      ...this.#progressRecord(),
      counts: this.#ledger.counts(this.#state.status === 'cancelled'),
    })
  }

  /** Everything as it stands; `changed` is empty: whoever asks reads the cells apart. */
  progress(): RunProgress {
    return this.#progress({ changed: new Uint32Array(), states: new Uint8Array() })
  }

  async #go(): Promise<RunState> {
    const { store } = this.#around
    store.updateRun(this.run, this.#progressRecord())
    this.#rate.add(this.#around.clock.elapsed(), this.#ledger.finished)
    this.#feed.changed()
    const counted = this.#count()
    if (this.#start.needsTotal) await counted
    await this.#readSource()
    while (this.#active > 0 || this.#uncommitted > 0) await this.#wait()
    await counted
    await this.#end()
    return this.#state
  }

  async #count(): Promise<void> {
    try {
      // A pause lets it come to its end: every item has a line in the results, waiting ones too.
      const total = await this.#start.source.count(this.#stops.abort)
      // It may have been cut short, and the pass over the source knows better once it has come to the end.
      if (this.#stops.abort.aborted || this.#hasReadAll) return
      this.#ledger.total = Math.min(total, this.#start.record.options.limit ?? Number.POSITIVE_INFINITY)
      this.#feed.changed()
    } catch (error) {
      // What keeps it from being counted also keeps it from being read, where it is told.
      if (!(error instanceof SourceBroken) && !this.#stops.abort.aborted) throw error
    }
  }

  async #readSource(): Promise<void> {
    const limit = this.#start.record.options.limit ?? Number.POSITIVE_INFINITY
    let next = this.#past.firstOpen
    try {
      for await (const entries of this.#start.source.entries(next)) {
        for (const entry of entries) {
          if (entry.index >= limit) return this.#sourceEnded(limit)
          next = entry.index + 1
          if (this.#past.isDone(entry.index)) continue
          while (this.#isFull() && !this.#stops.suspend.aborted) await this.#wait()
          if (this.#stops.suspend.aborted) return
          void this.#runEntry(entry)
        }
      }
      this.#sourceEnded(next)
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      this.#sourceError = { stage: null, kind: 'source', message: error.message }
    }
  }

  /** The pass over the source tells the true number, whatever was counted before. */
  #sourceEnded(total: number): void {
    this.#hasReadAll = true
    this.#ledger.total = total
  }

  async #end(): Promise<void> {
    // Writing the results takes seconds after a million items: how far it came is shown before.
    this.#push()
    this.#state = this.#endState()
    this.#stopListening()
    if (this.#isCancelled) this.#ledger.cancelRest()
    this.#endedAt = this.#around.clock.now()
    this.#endedElapsed = this.#around.clock.elapsed()
    this.#feed.stop()
    const isStored = !(this.#state.status === 'paused' && this.#state.reason.kind === 'disk')
    if (isStored) await this.#storeEnd()
    await this.#start.source.close()
    this.#around.onProgress(this.#progress(this.#ledger.takeChanges()))
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
    const { total } = this.#ledger
    if (this.#isCancelled) return { status: 'cancelled' }
    if (this.#sourceError !== null) return { status: 'failed', error: this.#sourceError }
    if (this.#firstError !== null) return { status: 'failed', error: this.#firstError.error }
    const isComplete = total !== null && this.#ledger.finished >= total
    if (this.#pauseReason !== null && !isComplete) return { status: 'paused', reason: this.#pauseReason }
    return { status: 'completed' }
  }

  async #runEntry(entry: SourceEntry): Promise<void> {
    const { clock, store } = this.#around
    this.#active++
    this.#ledger.begin(entry.index)
    const started = clock.elapsed()
    const attempts: AttemptRecord[] = [...this.#past.attempts(entry.index)]
    const { plan } = this.#start
    try {
      const end = await this.#runStages(entry, attempts)
      if (end.kind === 'suspended') {
        this.#ledger.putBack(entry.index)
        return
      }
      const latencyMs = clock.elapsed() - started
      const record = itemRecord({ run: this.run, index: entry.index, key: entry.key, plan, end, attempts, latencyMs })
      if (end.kind === 'failed') this.#noteError(entry.index, end.error)
      this.#uncommitted++
      store.itemFinished(record, () => {
        for (const [column, stageEnd] of end.stages.entries())
          this.#ledger.setCell(entry.index, column, cellStateOf(stageEnd))
        this.#ledger.finish(entry.index, record.status)
        this.#totals.addItem(record.status)
        for (const listener of this.#itemListeners) listener(entry.index)
        this.#uncommitted--
        this.#feed.changed()
        this.#wakeUp()
      })
    } finally {
      this.#active--
      this.#feed.changed()
      this.#wakeUp()
    }
  }

  async #runStages(entry: SourceEntry, attempts: AttemptRecord[]): Promise<ItemEnd> {
    const { plan } = this.#start
    try {
      const read = await entry.load()
      if (!read.ok) return unrunItem(plan, read.failure)
      return await runItem(plan, this.#scope(entry, read.value), {
        model: (stage, scope) => this.#model(stage, scope, { index: entry.index, attempts }),
        ended: (stage, end) => this.#stageEnded(entry.index, stage, end),
      })
    } catch (bug) {
      // Not even a mistake of ours may take other items with it.
      this.#around.onBug(bug)
      const message = `A mistake in Jacquard: ${bug instanceof Error ? bug.message : String(bug)}. Please report it.`
      return unrunItem(plan, { kind: 'internal', message })
    }
  }

  #scope(entry: SourceEntry, item: Json): Scope {
    return {
      item,
      params: this.#start.plan.params,
      run: { id: this.run, index: entry.index, total: this.#ledger.total },
    }
  }

  #model(
    stage: PlannedModelStage,
    scope: Scope,
    of: { index: number; attempts: AttemptRecord[] },
  ): Promise<StageOutcome> {
    const calls = this.#calls.get(stage.id)
    if (calls === undefined) throw new Error(`No calls were prepared for stage ${stage.id}.`)
    const { store } = this.#around
    const before = of.attempts.filter((attempt) => attempt.stage === stage.id)
    if (before.some((attempt) => attempt.outcome.status === 'succeeded' && !attempt.forgotten)) this.#totals.addReused()
    const journal: CellJournal = {
      run: this.run,
      index: of.index,
      attempts: before,
      started: (attempt) => {
        store.attemptStarted(attempt)
        this.#totals.addCall()
      },
      ended: (attempt) => {
        of.attempts.push(attempt)
        this.#totals.addAnswer(attempt)
        store.attemptEnded(attempt, () => {
          if (attempt.outcome.status !== 'succeeded') return
          this.#ledger.setCell(of.index, stage.column, 'succeeded')
          this.#feed.changed()
        })
      },
      state: (state) => {
        this.#ledger.setCell(of.index, stage.column, state)
        this.#feed.changed()
      },
    }
    return runModelStage(stage, scope, { calls, journal })
  }

  #stageEnded(index: number, stage: PlannedStage, end: StageEnd): void {
    // What a model answered is shown as done when it is on disk (see #model); the rest can always be worked out anew.
    if (stage.kind === 'model' && end.kind === 'succeeded') return
    this.#ledger.setCell(index, stage.column, cellStateOf(end))
  }

  #noteError(index: number, error: ItemError): void {
    if (this.#start.record.options.stopOnError !== true) return
    if (this.#firstError === null || index < this.#firstError.index) this.#firstError = { index, error }
    this.#stops.stopStarting()
    this.#wakeUp()
  }

  #isFull(): boolean {
    const isAtBound = this.#concurrency !== 'unbounded' && this.#active >= this.#concurrency
    return isAtBound || this.#around.store.pending() > MAX_PENDING_WRITES
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #wakeUp(): void {
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }

  #pauseNow(reason: PauseReason): void {
    if (this.#pauseReason !== null || this.#isCancelled) return
    this.#pauseReason = reason
    this.#state = { status: 'pausing', reason }
    this.#stops.stopStarting()
    this.#feed.changed()
    this.#wakeUp()
  }

  #push(): void {
    const now = this.#around.clock.elapsed()
    this.#rate.add(now, this.#ledger.finished)
    if (now - this.#lastStored > STORE_PROGRESS_MS) {
      this.#lastStored = now
      this.#around.store.updateRun(this.run, this.#progressRecord())
    }
    this.#around.onProgress(this.#progress(this.#ledger.takeChanges()))
  }

  #progress(changes: { changed: Uint32Array; states: Uint8Array }): RunProgress {
    const summary = this.summary()
    const itemsPerSecond = this.#rate.perSecond()
    const left = summary.counts.waiting + summary.counts.running
    const isGoingOn = summary.state.status === 'running' && summary.items !== null
    const remainingMs = itemsPerSecond === null || !isGoingOn ? null : (left / itemsPerSecond) * 1000
    return { summary, stageCounts: this.#ledger.stageCounts(), itemsPerSecond, remainingMs, ...changes }
  }

  #progressRecord(): RunProgressRecord {
    return {
      state: this.#state,
      items: this.#ledger.total,
      endedAt: this.#endedAt,
      activeMs: this.#activeMs(),
      concurrency: this.#concurrency,
      budgetMicros: this.#start.budgetMicros,
      totals: this.#totals.value,
    }
  }

  #activeMs(): number {
    const before = this.#start.before?.progress.activeMs ?? 0
    return before + (this.#endedElapsed ?? this.#around.clock.elapsed()) - this.#startedElapsed
  }
}
