/**
 * What the main thread sends to the writer thread: statements by name with their values, in order. Plain values only, so
 * that a batch is cheap to copy from thread to thread.
 */
export type WriteValue = null | number | string | Uint8Array
export interface Write {
  readonly statement: WriteName
  readonly values: readonly WriteValue[]
}

/** `run` is always the first value: the writer turns it into the run's row id. */
export const STATEMENTS = {
  attemptStarted: `insert into attempts
    (run_id, idx, stage, number, purpose, tier, model, started_at, request, status) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running')`,
  attemptEnded: `update attempts set status = ?5, latency_ms = ?6, input_tokens = ?7, output_tokens = ?8,
    cached_tokens = ?9, cost_micros = ?10, answer = ?11, output = ?12, failure = ?13, model = ?14
    where run_id = ?1 and idx = ?2 and stage = ?3 and number = ?4`,
  itemFinished: `insert or replace into items
    (run_id, idx, key, status, cells, cost_micros, latency_ms, input_tokens, output_tokens, cached_tokens, retries, error,
     output, stages) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  progress: `update runs set progress = ?2, owner = ?3 where id = ?1`,
  key: `insert into keys (run_id, idx, key) values (?, ?, ?)`,
  forgetAttempts: `update attempts set forgotten = 1 where run_id = ?1 and idx in
    (select idx from items where run_id = ?1 and status = 'failed') and stage in
    (select distinct stage from attempts a where a.run_id = ?1 and a.idx = attempts.idx and a.status != 'succeeded'
     and a.number = (select max(number) from attempts b where b.run_id = ?1 and b.idx = a.idx and b.stage = a.stage))`,
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
