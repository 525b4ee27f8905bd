import type { CellState } from './cell.ts'
import type { Failure } from './failure.ts'
import type { Json } from './json.ts'
import type { ItemError, ItemStatus } from './run.ts'
import type { Usage } from './usage.ts'

/** One try of one cell, as it is stored. A retry or a repair turn is a new attempt. */
export interface Attempt {
  /** 1-based within the cell. */
  readonly number: number
  /** `repair`: asked again with the validation errors of the attempt before. */
  readonly purpose: 'first' | 'retry' | 'repair'
  readonly tier: string
  readonly model: string
  /** Unix milliseconds. */
  readonly startedAt: number
  /** null: it never ended (the process was killed while it was in flight). */
  readonly latencyMs: number | null
  readonly request: AttemptRequest
  readonly outcome: AttemptOutcome
  readonly usage: Usage | null
  /** null: the price is not known, or nothing was billed as far as we know. */
  readonly costMicros: number | null
}

/** What was asked, without what stands in the frozen chain already. */
export interface AttemptRequest {
  readonly instructions: string | null
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[]
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
  readonly kind: 'model' | 'transform'
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
  readonly usage: Usage
  readonly costMicros: number
  readonly latencyMs: number
}

/** Everything known of one item in one run: the drawer, the Test screen and `jacquard show --item`. */
export interface ItemTrace {
  readonly run: string
  readonly index: number
  readonly key: string
  readonly status: ItemStatus | 'running'
  /** The item as the stages saw it; null where it cannot be read any more (`itemProblem` says why). */
  readonly item: Json
  readonly itemProblem: string | null
  readonly stages: readonly StageTrace[]
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  readonly latencyMs: number
}

/** One row of the results table. Long values are cut; the trace has them whole. */
export interface ResultRow {
  readonly index: number
  readonly key: string
  readonly status: ItemStatus | 'running'
  /** The output, its strings cut to 300 characters each. */
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costMicros: number
  readonly latencyMs: number
  /** Attempts beyond the first, over all stages. */
  readonly retries: number
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
  readonly reason?: string
}

/** One line of `results.jsonl`. */
export interface ResultLine {
  readonly index: number
  readonly key: string
  readonly status: ItemStatus
  readonly output: Json
  readonly error: ItemError | null
  readonly usage: Usage
  readonly costUsd: number
  readonly latencyMs: number
  readonly stages: { readonly [stage: string]: StageResult }
}
