/**
 * What the main thread sends to the writer thread: statements by name with their values, in order. Plain values only, so
 * that a batch is cheap to copy from thread to thread.
 */
export type WriteValue = null | number | string | Uint8Array
export interface Write {
  readonly statement: WriteName
  readonly values: readonly WriteValue[]
}

const UNDECIDED = `'succeeded' != (select b.status from attempts b where b.run_id = ?1 and b.lane = attempts.lane
  and b.idx = attempts.idx and b.stage = attempts.stage order by b.number desc limit 1)`
const OF_STAGE = `(stage = ?2 or substr(stage, 1, length(?2) + 1) = ?2 || '/')`

/** `run` is always the first value: the writer turns it into the run's row id. An empty blob is bound as null. */
export const STATEMENTS = {
  attemptStarted: `insert into attempts
    (run_id, lane, idx, stage, number, purpose, tier, model, started_at, pack, pack_as, pack_size, pack_reason, request,
     ask, reserved_micros, status) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running')`,
  attemptRemembered: `insert into attempts
    (run_id, lane, idx, stage, number, purpose, tier, model, started_at, request, ask, remembered_from, status, latency_ms,
     input_tokens, output_tokens, cached_tokens, cache_write_tokens, cost_micros, answer, output)
    values (?, ?, ?, ?, ?, 'remembered', ?, ?, ?, ?, ?, ?, 'succeeded', ?, ?, ?, ?, ?, ?, ?, ?)`,
  attemptEnded: `update attempts set status = ?6, latency_ms = ?7, input_tokens = ?8, output_tokens = ?9,
    cached_tokens = ?10, cache_write_tokens = ?11, cost_micros = ?12, answer = ?13, output = ?14, failure = ?15, model = ?16,
    reserved_micros = ?17
    where run_id = ?1 and lane = ?2 and idx = ?3 and stage = ?4 and number = ?5`,
  itemFinished: `insert or replace into items
    (run_id, lane, idx, key, status, cells, cost_micros, latency_ms, input_tokens, output_tokens, cached_tokens,
     cache_write_tokens, retries, error, output, stages, saved_micros, cause, revision)
    values (?, ?, ?, ?, ?, ifnull(?, x''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  groupSealed: `insert into groups (run_id, lane, idx, key, reason, parts, items, members) values (?, ?, ?, ?, ?, ?, ?, ?)`,
  member: `insert into members (run_id, lane, idx, grp) values (?, ?, ?, ?)`,
  packSent: `insert or replace into packs (run_id, pack, stage, parent, reason, request, answer) values (?, ?, ?, ?, ?, ?, ?)`,
  progress: `update runs set progress = ?2, owner = ?3 where id = ?1`,
  key: `insert into keys (run_id, idx, key) values (?, ?, ?)`,
  revision: `insert into revisions (run_id, revision, record, chain_text, files) values (?, ?, ?, ?, ?)`,
  // Items as a JSON list of their indexes: one write for however many.
  itemRevisions: `insert or replace into item_revisions (run_id, lane, idx, revision)
    select ?1, ?2, value, ?4 from json_each(?3)`,
  redoFailed: `update items set redo = 1 where run_id = ?1 and status = 'failed'`,
  redoAll: `update items set redo = 1 where run_id = ?1`,
  redoItems: `update items set redo = 1 where run_id = ?1 and lane = ?2 and idx in (select value from json_each(?3))`,
  // Of what is asked for again: cells whose last word is no answer.
  forgetUndecided: `update attempts set forgotten = 1 where run_id = ?1 and exists
    (select 1 from items i where i.run_id = ?1 and i.lane = attempts.lane and i.idx = attempts.idx and i.redo = 1)
    and ${UNDECIDED}`,
  forgetUndecidedOf: `update attempts set forgotten = 1 where run_id = ?1 and lane = ?2
    and idx in (select value from json_each(?3)) and ${UNDECIDED}`,
  // Of what is not finished, or asked for again: all cells of a stage that is another one now.
  forgetStage: `update attempts set forgotten = 1 where run_id = ?1 and ${OF_STAGE} and not exists
    (select 1 from items i where i.run_id = ?1 and i.lane = attempts.lane and i.idx = attempts.idx and i.redo = 0)`,
  forgetStageOf: `update attempts set forgotten = 1 where run_id = ?1 and ${OF_STAGE} and lane = ?3
    and idx in (select value from json_each(?4))`,
} as const
export type WriteName = keyof typeof STATEMENTS | 'createRun'

export type ToWriter =
  | { readonly kind: 'write'; readonly batch: number; readonly writes: readonly Write[] }
  /** After a failure: what is sent from now on is to be written again. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly batch: number }
  | { readonly kind: 'failed'; readonly batch: number; readonly message: string; readonly code: string | null }
  | { readonly kind: 'cannotOpen'; readonly message: string }
  | { readonly kind: 'closed' }

export interface WriterSettings {
  readonly file: string
  readonly owner: string
  readonly pid: number
}
