import type { RunLimits } from '../../../shared/limits.ts'
import type { LaneChanges, RunProgress, RunState, RunSummary } from '../../../shared/run.ts'
import type { TripwireName } from '../../../shared/tripwires.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RunProgressRecord, RunRecord, RunStore } from '../../ports/runStore.ts'
import type { Lanes } from '../lanes/lanes.ts'
import type { PackRoom } from '../pack/packRoom.ts'
import { Coalesced } from './coalesced.ts'
import { Rate } from './rate.ts'
import type { RunGuard } from './runGuard.ts'
import { runSummary } from './runSummary.ts'
import type { Totals } from './totals.ts'

interface FeedParts {
  readonly record: RunRecord
  readonly store: RunStore
  readonly clock: Clock
  readonly lanes: Lanes
  readonly totals: Totals
  readonly room: PackRoom
  readonly budgetMicros: number | null
  readonly revision: number
  readonly ignoredWires: readonly TripwireName[]
  readonly guard: RunGuard
  /** Time in which earlier parts of the run were really running. */
  readonly activeMsBefore: number
  state(): RunState
  concurrency(): number | 'unbounded'
  reservedMicros(): number
  unaccounted(): number | null
  limits(): RunLimits | null
  onProgress(progress: RunProgress): void
}

const PROGRESS_MS = 100
/** How often what a list of runs shows is stored while a run goes on. */
const STORE_PROGRESS_MS = 2000

/** How a run stands, for those who watch it and for the database. */
export class RunFeed {
  readonly #parts: FeedParts
  readonly #rate = new Rate()
  readonly #coalesced = new Coalesced(PROGRESS_MS, () => this.push())
  readonly #startedElapsed: number
  #lastStored = 0
  #ended: { readonly at: number; readonly elapsed: number } | null = null

  constructor(parts: FeedParts) {
    this.#parts = parts
    this.#startedElapsed = parts.clock.elapsed()
  }

  begin(): void {
    this.store()
    this.#rate.add(this.#parts.clock.elapsed(), this.#parts.lanes.first.ledger.finished)
    this.changed()
  }

  /** Something that is shown has changed. */
  changed(): void {
    this.#coalesced.changed()
  }

  push(): void {
    const { clock, lanes, onProgress } = this.#parts
    const now = clock.elapsed()
    this.#rate.add(now, lanes.first.ledger.finished)
    if (now - this.#lastStored > STORE_PROGRESS_MS) {
      this.#lastStored = now
      this.store()
    }
    onProgress(this.#progress(lanes.takeChanges()))
  }

  /** Nothing is pushed any more but by `pushLast`. */
  end(): void {
    const { clock } = this.#parts
    this.#ended = { at: clock.now(), elapsed: clock.elapsed() }
    this.#coalesced.stop()
  }

  pushLast(): void {
    this.#parts.onProgress(this.#progress(this.#parts.lanes.takeChanges()))
  }

  /** `state`: what it is to be found in when the process ends now; left out: what it is in. */
  store(state: RunState = this.#parts.state()): void {
    this.#parts.store.updateRun(this.#parts.record.run, { ...this.#record(), state })
  }

  summary(): RunSummary {
    const { record, lanes, totals } = this.#parts
    const reservedMicros = this.#parts.reservedMicros()
    return runSummary(record, {
      ...this.#record(),
      counts: lanes.counts(totals.value, this.#isCancelled),
      reservedMicros,
    })
  }

  /** Everything as it stands, without changes: whoever asks reads the cells apart. */
  progress(): RunProgress {
    const nothing = { changed: new Uint32Array(), states: new Uint8Array() }
    return this.#progress(this.#parts.lanes.summaries(false).map(() => nothing))
  }

  get #isCancelled(): boolean {
    return this.#parts.state().status === 'cancelled'
  }

  #progress(lanes: readonly LaneChanges[]): RunProgress {
    const summary = this.summary()
    const itemsPerSecond = this.#rate.perSecond()
    const left = summary.counts.waiting + summary.counts.running
    // How long groups will take cannot be told from the items that are gathered first.
    const isKnown = summary.state.status === 'running' && summary.items !== null && summary.lanes.length === 1
    const remainingMs = itemsPerSecond === null || !isKnown ? null : (left / itemsPerSecond) * 1000
    return {
      summary,
      stageCounts: this.#parts.lanes.stageCounts(),
      itemsPerSecond,
      remainingMs,
      limits: this.#ended === null ? this.#parts.limits() : null,
      lanes,
    }
  }

  #record(): RunProgressRecord {
    const { clock, lanes, totals, room, budgetMicros, activeMsBefore, state, concurrency } = this.#parts
    return {
      state: state(),
      items: lanes.first.ledger.total,
      endedAt: this.#ended?.at ?? null,
      activeMs: activeMsBefore + (this.#ended?.elapsed ?? clock.elapsed()) - this.#startedElapsed,
      concurrency: concurrency(),
      budgetMicros,
      totals: totals.value,
      lanes: lanes.summaries(this.#isCancelled),
      packs: room.counts(),
      revision: this.#parts.revision,
      canary: this.#parts.guard.canary,
      ignoredWires: this.#parts.ignoredWires,
      unaccounted: this.#parts.unaccounted(),
    }
  }
}
