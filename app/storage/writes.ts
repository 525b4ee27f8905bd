/**
 * What the main thread sends to the writer thread: statements by name with their values, in order. Plain values only, so
 * that a batch is cheap to copy from thread to thread.
 */
export type WriteValue = null | number | string | Uint8Array
export interface Write {
  readonly statement: WriteName
  readonly values: readonly WriteValue[]
}

/** `run` is always the first value: the writer turns it into the run's row id. An empty blob is bound as null. */
export const STATEMENTS = {
  attemptStarted: `insert into attempts
    (run_id, lane, idx, stage, number, purpose, tier, model, started_at, pack, pack_as, pack_size, pack_reason, request,
     status) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running')`,
  attemptEnded: `update attempts set status = ?6, latency_ms = ?7, input_tokens = ?8, output_tokens = ?9,
    cached_tokens = ?10, cache_write_tokens = ?11, cost_micros = ?12, answer = ?13, output = ?14, failure = ?15, model = ?16
    where run_id = ?1 and lane = ?2 and idx = ?3 and stage = ?4 and number = ?5`,
  itemFinished: `insert or replace into items
    (run_id, lane, idx, key, status, cells, cost_micros, latency_ms, input_tokens, output_tokens, cached_tokens,
     cache_write_tokens, retries, error, output, stages)
    values (?, ?, ?, ?, ?, ifnull(?, x''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  groupSealed: `insert into groups (run_id, lane, idx, key, reason, parts, items, members) values (?, ?, ?, ?, ?, ?, ?, ?)`,
  member: `insert into members (run_id, lane, idx, grp) values (?, ?, ?, ?)`,
  packSent: `insert or replace into packs (run_id, pack, stage, parent, reason, request, answer) values (?, ?, ?, ?, ?, ?, ?)`,
  progress: `update runs set progress = ?2, owner = ?3 where id = ?1`,
  key: `insert into keys (run_id, idx, key) values (?, ?, ?)`,
  forgetAttempts: `update attempts set forgotten = 1 where run_id = ?1 and exists
    (select 1 from items i where i.run_id = ?1 and i.lane = attempts.lane and i.idx = attempts.idx and i.status = 'failed')
    and 'succeeded' != (select b.status from attempts b where b.run_id = ?1 and b.lane = attempts.lane
     and b.idx = attempts.idx and b.stage = attempts.stage order by b.number desc limit 1)`,
  forgetItems: `delete from items where run_id = ?1 and status = 'failed'`,
} as const
export type WriteName = keyof typeof STATEMENTS | 'createRun'

export type ToWriter =
  | { readonly kind: 'write'; readonly batch: number; readonly writes: readonly Write[] }
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
