import type { Json } from '../../shared/json.ts'
import type { ItemError, ItemStatus, LaunchOptions, RunStage, RunState } from '../../shared/run.ts'
import type { Attempt } from '../../shared/trace.ts'
import type { Usage } from '../../shared/usage.ts'

/** What a run is made of and never changes, frozen at its launch. */
export interface RunRecord {
  readonly run: string
  readonly kind: 'batch' | 'test'
  readonly chainFile: string | null
  readonly chainName: string
  readonly chainText: string
  readonly options: LaunchOptions
  readonly stages: readonly RunStage[]
  readonly sourceLabel: string
  readonly output: string | null
  readonly simulated: boolean
  readonly startedAt: number
  /** The one item of a test run; null of batches. */
  readonly testItem: { readonly key: string; readonly value: Json } | null
}

/** What changes while it runs. */
export interface RunProgressRecord {
  readonly state: RunState
  readonly items: number | null
  readonly endedAt: number | null
  readonly activeMs: number
  readonly concurrency: number | 'unbounded'
  /** Millionths of a dollar; may be raised when the run is resumed. null: none. */
  readonly budgetMicros: number | null
  readonly totals: RunTotals
}

export interface StoredRun extends RunRecord, RunProgressRecord {
  /** The process that runs it is alive. Without one, a state that says running means interrupted. */
  readonly isLive: boolean
}

/** Sums over a run's attempts and items. */
export interface RunTotals {
  readonly succeeded: number
  readonly failed: number
  readonly skipped: number
  /** Millionths of a dollar. */
  readonly costMicros: number
  readonly unpricedCalls: number
  readonly calls: number
  readonly reused: number
  readonly usage: Usage
}

/**
 * One finished item, as it is stored. JSON stays text: it is passed on far more often than it is read
 * (engine/storedJson.ts).
 */
export interface ItemRecord {
  readonly run: string
  readonly index: number
  readonly key: string
  readonly status: Exclude<ItemStatus, 'waiting' | 'cancelled'>
  readonly outputJson: string
  /** null: none. */
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  readonly latencyMs: number
  readonly retries: number
  /** `stages` of its result line. */
  readonly stagesJson: string
  /** One code of shared/cell.ts for each stage, in the order of the run's stages. */
  readonly cells: Uint8Array
}

export interface AttemptRecord extends Attempt {
  readonly run: string
  readonly index: number
  readonly stage: string
  /** Failed items were asked for again since: kept for the record, no longer counted. */
  readonly forgotten: boolean
}

/** What was done of some items, in short: what a resumed run must know of them. */
export interface RunHistory {
  /** Finished items, ascending by index. */
  readonly finished: readonly Pick<ItemRecord, 'index' | 'status' | 'cells'>[]
  /** Attempts of items that were begun and not finished, by item index. */
  readonly begun: ReadonlyMap<number, readonly AttemptRecord[]>
}

/**
 * Where runs live. Writes are queued in order and committed together (at most 50 ms late, fully synced); `onCommit` is
 * called when the write it was given with is on disk. Reads see what is committed.
 */
export interface RunStore {
  createRun(record: RunRecord & RunProgressRecord, keys: readonly string[] | null): Promise<void>
  /** A run whose state says running is marked as this process's own until it says otherwise. */
  updateRun(run: string, progress: RunProgressRecord): void
  attemptStarted(attempt: AttemptRecord): void
  attemptEnded(attempt: AttemptRecord, onCommit: () => void): void
  itemFinished(item: ItemRecord, onCommit: () => void): void
  /** Resolves when all that was queued before is on disk. Rejects where the disk refuses (full, read-only). */
  flush(): Promise<void>
  /** Writes queued and not on disk yet. The engine stops starting items above a bound. */
  pending(): number
  /** Called when a write fails (the disk is full, read-only); nothing after it is stored until `reset`. */
  onWriteError(listener: (error: Error) => void): () => void
  /** Lets writing be tried again after a failure. What was not on disk is dropped. */
  reset(): void

  /** Makes failed items waiting again; their failed stages will be asked anew. Gives the number of items. */
  forgetFailed(run: string): Promise<number>

  run(run: string): StoredRun | null
  runs(filter: { kind: 'batch' | 'test'; limit: number; before: string | null }): readonly StoredRun[]
  /** The highest index of an item that was begun, plus one; 0: none was. */
  reached(run: string): number
  /** Of items with indexes in `[from, to)`. Reads a million items in well under a second, whatever their results are. */
  history(run: string, from: number, to: number): RunHistory
  /** Frozen keys (see ItemSource.keys); null: none were stored. */
  keys(run: string, indexes: readonly number[]): readonly string[] | null
  allKeys(run: string): readonly string[] | null
  /** Finished items with indexes in `[from, to)`, ascending. */
  items(run: string, from: number, to: number): readonly ItemRecord[]
  itemsAt(run: string, indexes: readonly number[]): readonly ItemRecord[]
  attempts(run: string, index: number): readonly AttemptRecord[]
  find(run: string, query: ItemQuery): Uint32Array
  close(): Promise<void>
}

export interface ItemQuery {
  readonly statuses: readonly ItemRecord['status'][]
  /** Text to be found in key, output or error; null: all. */
  readonly search: string | null
  readonly sort: 'index' | 'key' | 'cost' | 'latency' | 'status'
  readonly descending: boolean
}
