import type { CellState } from '../../../shared/cell.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { PauseReason } from '../../../shared/run.ts'
import type { PlannedModelStage, PlannedPack } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { TierModel } from '../../ports/models.ts'
import type { AttemptRecord, PackRecord } from '../../ports/runStore.ts'
import type { Budget } from './budget.ts'
import type { Limiter } from './limiter.ts'
import type { Memory } from './memory.ts'

/** What a stage came to for one item. `suspended`: the run is pausing; nothing is decided. */
export type StageOutcome =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'suspended' }

/** A tier as a stage of a run calls it. */
export interface CallTarget {
  readonly tier: string
  readonly model: TierModel
  readonly limiter: Limiter
  /** Shared by the stages that call the same backend: whether it has answered in this run. */
  readonly backend: { hasAnswered: boolean }
}

/** What the cells of one model stage share in a run. */
export interface ModelCalls {
  readonly own: CallTarget
  /** Asked when the answer stays invalid; null: the stage names none. */
  readonly escalation: CallTarget | null
  readonly budget: Budget
  readonly memory: Memory
  /** Answers of other runs are taken where the same was asked; false: only those of this run. */
  readonly takesFromOthers: boolean
  readonly clock: Clock
  readonly images: ImageFiles
  /** Of the source, from the workspace's root or absolute; null: it is no folder. */
  readonly sourceFolder: string | null
  readonly room: Room
  /** Aborts when no new call may start. */
  readonly suspend: AbortSignal
  /** Aborts when calls in flight are to be given up. */
  readonly abort: AbortSignal
  /** Looks, before the first call of the run, for what stands against all of them. false: the run stands still for it. */
  mayCall(): Promise<boolean>
  /** The run is to stand still; it may go on when the person has acted. */
  pause(reason: PauseReason): void
  readonly canPause: boolean
}

/** Where items wait for others to share a call with; see packRoom.ts. */
export interface Room {
  enter(): void
  leave(): void
  /** Between `enter` and `leave` only. */
  join(joining: Joining): Promise<SharedOutcome>
  answeredAlone(stage: PlannedModelStage): void
}

/** An item that shares calls with others. */
export interface PackMember {
  readonly journal: CellJournal
  /** What would be its message alone, as a value and as it is sent. */
  readonly subject: Json
  readonly prompt: string
  /** About how many tokens it adds to a call. */
  readonly tokens: number
  /** Its question, for memory. */
  readonly ask: string
  /** Of its cell so far; those made here are added. */
  readonly attempts: AttemptRecord[]
}

/** What the members of a call have in common. */
export interface PackTask {
  readonly stage: PlannedModelStage
  readonly calls: ModelCalls
  /** The system prompt as it is sent, and as it is stored: without what stands in the frozen files. */
  readonly instructions: string | null
  readonly ownInstructions: string | null
}

/** `alone`: the item is to be asked by itself, in the ordinary way. */
export type SharedOutcome = StageOutcome | { readonly kind: 'alone' }

/** An item that comes to share a call. */
export interface Joining {
  readonly task: PackTask
  readonly pack: PlannedPack
  /** Items with different values never share a call. */
  readonly group: Json
  readonly member: PackMember
  /** Tokens that all members of a call may add to it together; null: any number. */
  readonly tokens: number | null
}

/** Where one cell writes down what it does. */
export interface CellJournal {
  readonly run: string
  readonly lane: number
  readonly index: number
  /** The cell within the item, as attempts name it: `draft`, `sections/3/draft`. */
  readonly path: string
  /**
   * Attempts so far of this cell and of those below it (`draft/part-2`: a part of an input that was split), also those of
   * an earlier process; oldest first within a cell.
   */
  readonly attempts: readonly AttemptRecord[]
  started(attempt: AttemptRecord): void
  ended(attempt: AttemptRecord): void
  /** An answer from memory takes the place of a call. */
  remembered(attempt: AttemptRecord): void
  /** `retryAt`: when it is asked again, in Unix milliseconds. */
  state(state: CellState, retryAt?: number): void
  /** A call that this cell shares with others: once before it is made, once more with its answer. Once for all of them. */
  packed(record: PackRecord): void
}

/** One cell of a model stage: what it calls, and where it writes. */
export interface Cell {
  readonly calls: ModelCalls
  readonly journal: CellJournal
}

/** A cell within a cell: a part of an input that was split, the call that combines the answers. */
export function cellBelow({ calls, journal }: Cell, name: string): Cell {
  const path = `${journal.path}/${name}`
  const attempts = journal.attempts.filter(({ stage }) => stage === path || stage.startsWith(`${path}/`))
  return { calls, journal: { ...written(journal), path, attempts } }
}

/** The same cell with other attempts known of. */
export function cellWith({ calls, journal }: Cell, attempts: readonly AttemptRecord[]): Cell {
  return { calls, journal: { ...written(journal), attempts } }
}

/** However the journal is made, what it does stays bound to it. */
function written(journal: CellJournal): CellJournal {
  const { run, lane, index, path, attempts } = journal
  return {
    run,
    lane,
    index,
    path,
    attempts,
    started: (attempt) => journal.started(attempt),
    ended: (attempt) => journal.ended(attempt),
    remembered: (attempt) => journal.remembered(attempt),
    state: (state, retryAt) => journal.state(state, retryAt),
    packed: (record) => journal.packed(record),
  }
}
