import type { DatabaseSync } from 'node:sqlite'

/**
 * Schema changes, in order. Never edited once shipped: a change is a new entry. The number of entries that a file has
 * been through stands in its `user_version`.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table owners (
    owner text primary key,
    pid integer not null,
    beat integer not null
  ) without rowid;

  create table runs (
    id integer primary key,
    run text not null unique,
    kind text not null,
    record text not null,
    chain_text text not null,
    test_item text,
    progress text not null,
    owner text
  );
  create index runs_by_kind on runs (kind, run);

  create table keys (
    run_id integer not null,
    idx integer not null,
    key text not null,
    primary key (run_id, idx)
  ) without rowid;

  create table items (
    run_id integer not null,
    idx integer not null,
    key text not null,
    status text not null,
    cells blob not null,
    cost_micros integer not null,
    latency_ms real not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    retries integer not null,
    error text,
    output text not null,
    stages text not null,
    primary key (run_id, idx)
  ) without rowid;

  create table attempts (
    id integer primary key,
    run_id integer not null,
    idx integer not null,
    stage text not null,
    number integer not null,
    purpose text not null,
    tier text not null,
    model text not null,
    started_at integer not null,
    status text not null,
    forgotten integer not null default 0,
    latency_ms real,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    cost_micros integer,
    request text not null,
    answer text,
    output text,
    failure text
  );
  create index attempts_of_item on attempts (run_id, idx);
  `,
  // How the items of a run stand, without reading past their results.
  'create index items_in_short on items (run_id, idx, status, cells)',
  // Lanes: items and attempts are copied, for neither a primary key nor a constraint can be changed in place.
  `
  alter table runs add column files text not null default '{}';

  drop index items_in_short;
  alter table items rename to items_before;
  create table items (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    key text not null,
    status text not null,
    cells blob not null,
    cost_micros integer not null,
    latency_ms real not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    cache_write_tokens integer not null,
    retries integer not null,
    error text,
    output text not null,
    stages text not null,
    primary key (run_id, lane, idx)
  ) without rowid;
  insert into items select run_id, 0, idx, key, status, cells, cost_micros, latency_ms, input_tokens, output_tokens,
    cached_tokens, 0, retries, error, output, stages from items_before;
  drop table items_before;
  create index items_in_short on items (run_id, lane, idx, status, cells);

  drop index attempts_of_item;
  alter table attempts rename to attempts_before;
  create table attempts (
    id integer primary key,
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    stage text not null,
    number integer not null,
    purpose text not null,
    tier text,
    model text,
    started_at integer not null,
    status text not null,
    forgotten integer not null default 0,
    latency_ms real,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    cache_write_tokens integer,
    cost_micros integer,
    pack text,
    pack_as text,
    pack_size integer,
    pack_reason text,
    request text not null,
    answer text,
    output text,
    failure text
  );
  insert into attempts select id, run_id, 0, idx, stage, number, purpose, tier, model, started_at, status, forgotten,
    latency_ms, input_tokens, output_tokens, cached_tokens, iif(input_tokens is null, null, 0), cost_micros,
    null, null, null, null, request, answer, output, failure from attempts_before;
  drop table attempts_before;
  create index attempts_of_item on attempts (run_id, lane, idx);

  create table groups (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    key text not null,
    reason text not null,
    parts integer not null,
    items integer not null,
    members blob not null,
    primary key (run_id, lane, idx)
  ) without rowid;

  -- lane and idx are the member's own; its group is in the lane behind.
  create table members (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    grp integer not null,
    primary key (run_id, lane, idx)
  ) without rowid;

  create table packs (
    run_id integer not null,
    pack text not null,
    stage text not null,
    parent text,
    reason text not null,
    request text not null,
    answer text,
    primary key (run_id, pack)
  ) without rowid;
  `,
  // Memory (attempts by what they asked), money set aside, causes of failures, and revisions of a run's chain.
  `
  alter table attempts add column ask text;
  alter table attempts add column remembered_from text;
  alter table attempts add column reserved_micros integer;
  create index attempts_by_ask on attempts (ask) where ask is not null and status = 'succeeded';

  alter table items add column saved_micros integer not null default 0;
  alter table items add column cause text;
  alter table items add column revision integer not null default 0;
  alter table items add column redo integer not null default 0;
  create index items_by_cause on items (run_id, lane, cause, idx) where cause is not null;
  drop index items_in_short;
  create index items_in_short on items (run_id, lane, idx, status, redo, cells);

  create table revisions (
    run_id integer not null,
    revision integer not null,
    record text not null,
    chain_text text not null,
    files text not null,
    primary key (run_id, revision)
  ) without rowid;

  -- Items that run by another revision than the newest one that is for all.
  create table item_revisions (
    run_id integer not null,
    lane integer not null,
    idx integer not null,
    revision integer not null,
    primary key (run_id, lane, idx)
  ) without rowid;
  `,
]

/** Brings a database file to this build's schema. Throws where a newer build has written it. */
export function migrate(database: DatabaseSync): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number }
  if (row.user_version > MIGRATIONS.length)
    throw new Error(
      `This workspace's database was written by a newer Jacquard (format ${row.user_version}). Update Jacquard to open it.`,
    )
  for (let version = row.user_version; version < MIGRATIONS.length; version++) {
    database.exec('begin immediate')
    database.exec(MIGRATIONS[version] ?? '')
    database.exec(`pragma user_version = ${version + 1}`)
    database.exec('commit')
  }
}
