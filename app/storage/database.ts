import { DatabaseSync } from 'node:sqlite'
import { migrate } from './migrations.ts'

/** Opens the workspace's database for writing, as only the writer thread does. WAL, every commit fully synced. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  // Another Jacquard (the command line beside the app) may hold the lock for the length of one commit.
  database.exec('pragma busy_timeout = 15000')
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = full')
  migrate(database)
  return database
}

/** Opens it for reading. The file and its schema must be there: the writer opens first. */
export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true })
  database.exec('pragma busy_timeout = 15000')
  return database
}
