import { DatabaseSync } from 'node:sqlite'
import type { Json } from '../../shared/json.ts'
import type { RecordStore } from '../ports/recordStore.ts'

/** Another Jacquard on the same workspace may be writing. */
const BUSY_MS = 5000

/**
 * A database of its own beside that of runs: a vote waits for no batch of results, and is written in a moment. Throws where the
 * file cannot be opened.
 */
export function openRecordStore(file: string, now: () => number): RecordStore {
  const database = new DatabaseSync(file)
  database.exec(`pragma busy_timeout = ${BUSY_MS}; pragma journal_mode = wal; pragma synchronous = full;
    create table if not exists records (
      kind text not null,
      owner text not null,
      id text not null,
      at integer not null,
      body text not null,
      primary key (kind, owner, id)
    ) without rowid`)
  const put = database.prepare(`insert into records (kind, owner, id, at, body) values (?, ?, ?, ?, ?)
    on conflict (kind, owner, id) do update set body = excluded.body`)
  const list = database.prepare('select id, at, body from records where kind = ? and owner = ? order by at, id')
  const changeOwner = database.prepare('update or replace records set owner = ? where owner = ?')
  const remove = database.prepare('delete from records where kind = ? and owner = ? and id = ?')
  return {
    put: (kind, owner, { id, body }) => {
      put.run(kind, owner, id, now(), JSON.stringify(body))
    },
    list: (kind, owner) =>
      list.all(kind, owner).map(({ id, at, body }) => ({
        id: String(id),
        at: Number(at),
        body: JSON.parse(String(body)) as Json,
      })),
    changeOwner: (from, to) => {
      changeOwner.run(to, from)
    },
    remove: (kind, owner, id) => {
      remove.run(kind, owner, id)
    },
    close: () => database.close(),
  }
}
