import type { CellState } from './cell.ts'
import type { Failure } from './failure.ts'
import type { GroupReason } from './group.ts'
import type { Json } from './json.ts'
import type { ItemError, ItemStatus } from './run.ts'
import type { StageKind } from './stages.ts'
import type { Usage } from './usage.ts'

/** One try of one cell, as it is stored. A retry or a repair turn is a new attempt. */
export interface Attempt {
  /** 1-based within the cell. */
  readonly number: number
  /**
   * `repair`: asked again with the validation errors of the attempt before. `escalate`: the first one to the better tier.
   * `remembered`: nothing was asked, the answer to the same question was there; usage, cost and latency are those of then.
   */
  readonly purpose: 'first' | 'retry' | 'repair' | 'escalate' | 'remembered'
  /** Of an answer from memory: the run that asked for it. null: it was asked for here. */
  readonly rememberedFrom: string | null
  /** null: no model is called (a `fetch`). */
  readonly tier: string | null
  readonly model: string | null
  /** Unix milliseconds. */
  readonly startedAt: number
  /** null: it never ended (the process was killed while it was in flight). */
  readonly latencyMs: number | null
  readonly request: AttemptRequest
  readonly outcome: AttemptOutcome
  readonly usage: Usage | null
  /** null: the price is not known, or nothing was billed as far as we know. */
  readonly costMicros: number | null
  /** The most it could cost, set aside before it was made; null: no budget held it. */
  readonly reservedMicros: number | null
  /** The call that it shared with others, with its own part of usage and cost; null: it had a call of its own. */
  readonly pack: PackShare | null
}

/** One item's place in a call that many shared. */
export interface PackShare {
  /** Names the call within the run. */
  readonly pack: string
  /** The short id under which the item went along. */
  readonly id: string
  /** Items in the call. */
  readonly size: number
  /** Why it was sealed. `again`: what an earlier call left open is asked for once more. */
  readonly reason: 'size' | 'tokens' | 'within' | 'end' | 'again'
}

/** What was asked, without what stands in the frozen chain already. */
export interface AttemptRequest {
  readonly instructions: string | null
  readonly messages: readonly {
    readonly role: 'user' | 'assistant'
    readonly text: string
    /** Names of the files that were shown with it; left out: none. */
    readonly images?: readonly string[]
  }[]
}

export type AttemptOutcome =
  | { readonly status: 'running' }
  /** `text`: the answer as it came; `output`: what was found in it and passed the schema. */
  | { readonly status: 'succeeded'; readonly text: string; readonly output: Json }
  | { readonly status: 'failed'; readonly failure: Failure }
  /** In flight when the process was killed: perhaps billed, its answer is lost. */
  | { readonly status: 'lost' }

export interface StageTrace {
  readonly stage: string
  readonly kind: StageKind
  readonly state: CellState
  /** Why it was skipped or not run; null where it ran. */
  readonly reason: string | null
  /** The stage's `input` with its expressions worked out; null: it has none. */
  readonly input: Json
  /** The prompt as sent; null of other kinds and where the stage did not run. */
  readonly prompt: string | null
  readonly instructions: string | null
  readonly output: Json
  readonly failure: Failure | null
  readonly attempts: readonly Attempt[]
  /** When it is asked again, in Unix milliseconds; null: it does not wait for that. */
  readonly retryAt: number | null
  readonly usage: Usage
  /** Spent in this run. */
  readonly costMicros: number
  /** What its answers from memory cost when they were asked for. */
  readonly savedMicros: number
  readonly latencyMs: number
  /** What ran inside it, in order; empty of stages that hold nothing. */
  readonly inner: readonly InnerTrace[]
}

/** What ran inside a stage: an element of a map, the chain of a `chain` stage, a part of an input that was split. */
export interface InnerTrace {
  /** For headings: `3`, `part 1`, the name of a chain. */
  readonly label: string
  readonly state: CellState
  /** The element, or the inner chain's item. */
  readonly input: Json
  readonly output: Json
  readonly failure: Failure | null
  readonly stages: readonly StageTrace[]
}

/** Everything known of one item in one run: the drawer, the Test screen and `jacquard show --item`. */
export interface ItemTrace {
  readonly run: string
  /** 0: an item of the source; further ones: a group. */
  readonly lane: number
  readonly index: number
  readonly key: string
  /** `gathered`: taken on by the gather that ends its lane. */
  readonly status: ItemStatus | 'running' | 'gathered'
  /** Of a group: how it came together, its members' indexes in the lane before; null: an item of the source. */
  readonly group: GroupInfo | null
  /** Where it went: the index of its group in the next lane; null: nowhere (yet). */
  readonly inGroup: number | null
  /** The item as the stages saw it, of a group `{items, key, …}`; null where it cannot be read any more (`itemProblem` says why). */
  readonly item: Json
  readonly itemProblem: string | null
  readonly stages: readonly StageTrace[]
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  readonly savedMicros: number
  readonly latencyMs: number
  /** Revision of the chain that it ran by: 0 is the one that was launched. */
  readonly revision: number
  /** It is asked again; until that is done the old result stands. */
  readonly isRedone: boolean
}

export interface GroupInfo {
  readonly key: Json
  readonly reason: GroupReason
  readonly members: readonly number[]
}

/** One row of the results table. Long values are cut; the trace has them whole. */
export interface ResultRow {
  readonly lane: number
  readonly index: number
  /** Members of a group; 0: it is an item. */
  readonly members: number
  readonly key: string
  /** `gathered`: taken on by the gather that ends its lane. */
  readonly status: ItemStatus | 'running' | 'gathered'
  /** Why it was skipped: `filtered` and `unmatched` by a gather, else in words; left out: it was not skipped. */
  readonly reason?: string
  /** The output, its strings cut to 300 characters each. */
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  /** What its answers from memory cost when they were asked for. */
  readonly savedMicros: number
  readonly latencyMs: number
  /** Attempts beyond the first, over all stages. */
  readonly retries: number
  /** Revision of the chain that it ran by: 0 is the one that was launched. */
  readonly revision: number
  /** It is asked again; until that is done this old result stands. */
  readonly isRedone: boolean
}

/** `stages` of a result line, by stage id. */
export interface StageResult {
  readonly status: 'succeeded' | 'failed' | 'skipped'
  readonly tier?: string
  readonly model?: string
  readonly attempts?: number
  readonly latencyMs?: number
  readonly usage?: Usage
  readonly costUsd?: number | null
  /** All its answers came from memory: usage, cost and latency are those of then, and were not spent again. */
  readonly remembered?: true
  readonly reason?: string
}

/** One line of `results.jsonl`. */
export interface ResultLine {
  readonly index: number
  /** Of chains that gather only: the lane it stands for, and of a group the indexes of the source's items in it. */
  readonly lane?: number
  readonly members?: readonly number[]
  readonly key: string
  readonly status: ItemStatus
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  /** Spent in this run. */
  readonly costUsd: number
  /** What its answers from memory cost when they were asked for; left out: none came from there. */
  readonly savedUsd?: number
  readonly latencyMs: number
  /** Revision of the chain that it ran by; left out: the one that was launched. */
  readonly revision?: number
  readonly stages: { readonly [stage: string]: StageResult }
}
