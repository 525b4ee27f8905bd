import type { GroupReason, PackCounts } from '../../shared/group.ts'
import type { Json } from '../../shared/json.ts'
import type {
  CanaryState,
  ItemError,
  ItemStatus,
  LaunchOptions,
  RunLane,
  RunStage,
  RunState,
} from '../../shared/run.ts'
import type { ChangeScope } from '../../shared/runChange.ts'
import type { Sink } from '../../shared/sink.ts'
import type { Attempt, AttemptRequest, PackShare } from '../../shared/trace.ts'
import type { TripwireName } from '../../shared/tripwires.ts'
import type { Usage } from '../../shared/usage.ts'

/** What a run is made of and never changes, frozen at its launch. */
export interface RunRecord {
  readonly run: string
  readonly kind: 'batch' | 'test'
  readonly chainFile: string | null
  readonly chainName: string
  readonly chainText: string
  readonly options: LaunchOptions
  /** Files that the chain uses (workers, knowledge, other chains) as they were at the launch, by path. */
  readonly files: { readonly [path: string]: string }
  readonly stages: readonly RunStage[]
  readonly sourceLabel: string
  /** Where results go; null: nowhere but the database. */
  readonly sink: Sink | null
  /** The file or folder of `sink`. */
  readonly output: string | null
  /** The source has no end of its own. */
  readonly grows: boolean
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
  /** Lane by lane; at least one. */
  readonly lanes: readonly RunLane[]
  readonly packs: readonly PackCounts[]
  /** The newest revision of its chain; 0: the launch. */
  readonly revision: number
  readonly canary: CanaryState | null
  /** Tripwires that a person has switched off since the launch. */
  readonly ignoredWires: readonly TripwireName[]
  /** Items that the database does not account for; null: not held against it. */
  readonly unaccounted: number | null
}

/** One state of a run's chain after its launch. It never changes. */
export interface RevisionRecord {
  readonly run: string
  /** 1-based: 0 is the launch. */
  readonly revision: number
  /** Unix milliseconds. */
  readonly at: number
  readonly chainText: string
  readonly files: { readonly [path: string]: string }
  /** Of the launch, with what is different laid over. */
  readonly options: LaunchOptions
  /** Stages that are different from the revision before. */
  readonly changed: readonly string[]
  readonly scope: ChangeScope['kind']
}

/** What of a run is to be asked for again. */
export type Redo =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'all' }
  | { readonly kind: 'items'; readonly lane: number; readonly indexes: readonly number[] }

export interface RedoChange {
  readonly revision: RevisionRecord | null
  /** Stages whose cells are not taken over. */
  readonly stages: readonly string[]
  /** How the run stood. */
  readonly progress: RunProgressRecord
}

/** Failed items of one cause, as the database counts them. */
export interface CauseCount {
  readonly lane: number
  readonly cause: string
  readonly count: number
  /** Up to a hundred, ascending. */
  readonly indexes: readonly number[]
}

export interface StoredRun extends RunRecord, RunProgressRecord {
  /** The process that runs it is alive. Without one, a state that says running means interrupted. */
  readonly isLive: boolean
}

/** Sums over a run's attempts and the source's items, each with the fate of its group. */
export interface RunTotals {
  readonly succeeded: number
  readonly failed: number
  readonly skipped: number
  /** Millionths of a dollar. */
  readonly costMicros: number
  /** Of answers from memory, as they cost then. */
  readonly savedMicros: number
  /** The most that calls may have cost whose answers never came. */
  readonly uncertainMicros: number
  readonly unpricedCalls: number
  readonly calls: number
  readonly reused: number
  /** Those of `reused` that came from memory. */
  readonly remembered: number
  readonly usage: Usage
}

/**
 * One finished item, as it is stored. JSON stays text: it is passed on far more often than it is read
 * (engine/results/storedJson.ts).
 */
export interface ItemRecord {
  readonly run: string
  /** 0: an item of the source; further ones: a group. */
  readonly lane: number
  readonly index: number
  readonly key: string
  /** `gathered`: done with its lane and taken on by the gather that ends it. */
  readonly status: Exclude<ItemStatus, 'waiting' | 'cancelled'> | 'gathered'
  /** Of an item that was gathered: `{key, value}`, with `correlate` also `source` and `by`. */
  readonly outputJson: string
  /** null: none. */
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  readonly latencyMs: number
  readonly retries: number
  /** `stages` of its result line. */
  readonly stagesJson: string
  /** One code of shared/cell.ts for each stage of its lane, in the order of the run's stages. */
  readonly cells: Uint8Array
  /** What its answers from memory cost when they were asked for. */
  readonly savedMicros: number
  /** Of a failed one, for groups of the same (shared/failureCause.ts); null: it did not fail. */
  readonly cause: string | null
  readonly revision: number
  /** It is asked for again; until that is done the record stands. */
  readonly isRedone: boolean
}

export interface AttemptRecord extends Attempt {
  readonly run: string
  readonly lane: number
  readonly index: number
  /** The cell within the item: stage ids and element numbers joined by `/`: `draft`, `sections/3/draft`. */
  readonly stage: string
  /** What its cell asks, as a fingerprint (engine/model/memory.ts): equal for equal questions. null: not remembered. */
  readonly ask: string | null
  /** Failed items were asked for again since: kept for the record, no longer counted. */
  readonly forgotten: boolean
}

/** A group as it was sealed: from then on it never changes. */
export interface GroupRecord {
  readonly run: string
  /** The lane that it runs through: at least 1. */
  readonly lane: number
  /** 0-based, in the order of sealing. */
  readonly index: number
  readonly key: Json
  readonly reason: GroupReason
  /** Indexes of its members in the lane before, in the order of `items`. */
  readonly members: Uint32Array
  /** Of a `correlate`: how many members make one entry, that is the number of its sources; 1 otherwise. */
  readonly partsPerEntry: number
  /** Items of the source that came together in it, through all lanes before. */
  readonly items: number
}

/** A call that many items share, written down before it is made. */
export interface PackRecord {
  readonly run: string
  readonly pack: string
  readonly stage: string
  /** The call whose left-overs it asks for again; null: a first one. */
  readonly parent: string | null
  readonly reason: PackShare['reason']
  readonly request: AttemptRequest
  /** The answer as it came; null: none did (yet). */
  readonly answer: string | null
}

/** Tokens of a stage's questions and answers, on the average. */
export interface AnswerSize {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** A cell as attempts name it. */
export type RememberedCell = Pick<AttemptRecord, 'run' | 'lane' | 'index' | 'stage'>

/** What was done of some items, in short: what a resumed run must know of them. */
export interface RunHistory {
  /** Finished items, ascending by index. */
  readonly finished: readonly Pick<ItemRecord, 'index' | 'status' | 'cells'>[]
  /** Those of them that stand in sealed groups, ascending. */
  readonly sealed: readonly number[]
  /** Attempts of items that were begun and not finished, by item index. */
  readonly begun: ReadonlyMap<number, readonly AttemptRecord[]>
}

/**
 * Where runs live. Writes are queued in order and committed together (at most 50 ms late, fully synced); `onCommit` is
 * called when the write it was given with is on disk. Reads see what is committed.
 */
export interface RunStore {
  createRun(record: RunRecord & RunProgressRecord, keys: readonly string[] | null): Promise<void>
  /**
   * A run whose state says running is marked as this process's own until it says otherwise. While the disk refuses it is kept
   * in memory, and written with the next `reset`.
   */
  updateRun(run: string, progress: RunProgressRecord): void
  attemptStarted(attempt: AttemptRecord): void
  attemptEnded(attempt: AttemptRecord, onCommit: () => void): void
  itemFinished(item: ItemRecord, onCommit: () => void): void
  /** Stored before any stage of the group runs. */
  groupSealed(group: GroupRecord, onCommit: () => void): void
  /** Written again, whole, when its answer has come. */
  packSent(pack: PackRecord): void
  /** Keys of a source that grows, from index `from` on, in the order of their indexes. */
  addKeys(run: string, from: number, keys: readonly string[]): void
  /** Resolves when all that was queued before is on disk. Rejects where the disk refuses (full, read-only). */
  flush(): Promise<void>
  /** Writes queued and not on disk yet. The engine stops starting items above a bound. */
  pending(): number
  /** Called when a write fails (the disk is full, read-only); nothing after it is stored until `reset`. */
  onWriteError(listener: (error: Error) => void): () => void
  /** Lets writing be tried again after a failure. What was not on disk is dropped, but for how runs stand. */
  reset(): void

  /** An answer from memory: written whole. */
  attemptRemembered(attempt: AttemptRecord, onCommit: () => void): void
  /**
   * Makes finished items wait again: their undecided cells, and all cells of `stages`, will be asked anew; also those of
   * items that are not finished. Their results stand until new ones take their place. A revision, if there is one, is
   * stored with it: for these items where they are named, else for all that run from now on. All of it or nothing, and
   * from then on the run is interrupted until it goes on.
   */
  redo(run: string, redo: Redo, change: RedoChange): Promise<void>

  run(run: string): StoredRun | null
  runs(filter: { kind: 'batch' | 'test'; limit: number; before: string | null }): readonly StoredRun[]
  /** The highest index of an item of the lane that was begun, plus one; 0: none was. */
  reached(run: string, lane: number): number
  /** Of items with indexes in `[from, to)`. Reads a million items in well under a second, whatever their results are. */
  history(run: string, lane: number, range: IndexRange): RunHistory
  /** Frozen keys of the source's items (see ItemSource.keys); null: none were stored. */
  keys(run: string, indexes: readonly number[]): readonly string[] | null
  allKeys(run: string): readonly string[] | null
  /** Finished items, ascending. */
  items(run: string, lane: number, range: IndexRange): readonly ItemRecord[]
  itemsAt(run: string, lane: number, indexes: readonly number[]): readonly ItemRecord[]
  attempts(run: string, lane: number, index: number): readonly AttemptRecord[]
  /** Sealed groups, ascending. */
  groups(run: string, lane: number, range: IndexRange): readonly GroupRecord[]
  /** The group of the next lane that an item of this one was taken into; null: none. */
  groupOf(run: string, lane: number, index: number): number | null
  pack(run: string, pack: string): PackRecord | null
  /** The newest answer to this question; `cell`: only of this cell. null: there is none. */
  remembered(ask: string, cell: RememberedCell | null): AttemptRecord | null
  /** Questions that have been answered, each once, in ascending order behind this one; `''`: from the first on. */
  answeredAsks(after: string, limit: number): readonly string[]
  /** Of the last thousands of answers in the workspace, by stage id and model: `draft gpt-5.2`. */
  recentSizes(): ReadonlyMap<string, AnswerSize>
  /** Ascending; without the launch. */
  revisions(run: string): readonly RevisionRecord[]
  /** Items that run by a revision of their own. */
  itemRevisions(run: string, lane: number): ReadonlyMap<number, number>
  /** Finished items by revision. */
  countByRevision(run: string): ReadonlyMap<number, number>
  /** Failed items by cause, the largest group first. */
  causes(run: string): readonly CauseCount[]
  /** All failed items of these causes, ascending. */
  failedOf(run: string, lane: number, causes: readonly string[]): readonly number[]
  /**
   * Items of the source that are finished for good by what is on disk of a lane; those that are asked for again are not.
   * Of a lane of groups, all that came together in them.
   */
  countFinished(run: string, lane: number, range: IndexRange): number
  /** Millionths of a dollar spent on calls begun since then, over all runs; perhaps-billed ones at the most they can cost. */
  spentSince(at: number): number
  find(run: string, lane: number, query: ItemQuery): Uint32Array
  close(): Promise<void>
}

/** Indexes from `from` on and before `to`. */
export interface IndexRange {
  readonly from: number
  readonly to: number
}

export interface ItemQuery {
  readonly statuses: readonly ItemRecord['status'][]
  /** Text to be found in key, output or error; null: all. */
  readonly search: string | null
  readonly sort: 'index' | 'key' | 'cost' | 'latency' | 'status'
  readonly descending: boolean
}
