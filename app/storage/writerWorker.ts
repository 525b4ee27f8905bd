import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { assertNever } from '../../shared/assertNever.ts'
import { openForWriting } from './database.ts'
import { type FromWriter, STATEMENTS, type ToWriter, type Write, type WriterSettings } from './writes.ts'

/**
 * The one thread that writes. Each batch is one transaction: committed whole, then acknowledged. Waiting for the disk
 * here leaves the main thread's event loop free.
 */

/** How often this process says that it is alive, in milliseconds. Readers allow several misses (sqliteRunStore.ts). */
const BEAT_MS = 2000

const settings = workerData as WriterSettings

function reply(message: FromWriter): void {
  parentPort?.postMessage(message)
}

class Writer {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #runIds = new Map<string, number>()
  readonly #beat: NodeJS.Timeout

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#sayAlive()
    this.#beat = setInterval(() => this.#sayAlive(), BEAT_MS)
  }

  write(writes: readonly Write[]): void {
    this.#database.exec('begin immediate')
    try {
      for (const write of writes) this.#run(write)
      this.#database.exec('commit')
    } catch (error) {
      this.#runIds.clear()
      if (this.#database.isTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  close(): void {
    clearInterval(this.#beat)
    this.#statement('delete from owners where owner = ?').run(settings.owner)
    this.#database.close()
  }

  #run({ statement, values }: Write): void {
    const [run, ...rest] = values
    if (statement === 'createRun') {
      this.#statement(
        'insert into runs (run, kind, record, chain_text, files, test_item, progress, owner) values (?, ?, ?, ?, ?, ?, ?, ?)',
      ).run(...values)
      return
    }
    this.#statement(STATEMENTS[statement]).run(this.#runId(String(run)), ...rest)
  }

  #runId(run: string): number {
    const known = this.#runIds.get(run)
    if (known !== undefined) return known
    const row = this.#statement('select id from runs where run = ?').get(run)
    if (row === undefined) throw new Error(`There is no run ${run}.`)
    const id = Number(row.id)
    this.#runIds.set(run, id)
    return id
  }

  #statement(sql: string): StatementSync {
    const prepared = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, prepared)
    return prepared
  }

  #sayAlive(): void {
    try {
      this.#statement('insert or replace into owners (owner, pid, beat) values (?, ?, ?)').run(
        settings.owner,
        settings.pid,
        Date.now(),
      )
    } catch (error) {
      // A full or locked disk shows with the next batch, where it can be acted on; a missed beat alone is harmless.
      if (!isSqliteError(error)) throw error
    }
  }
}

function isSqliteError(error: unknown): error is Error & { errcode: number; errstr: string } {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}

/** Gives whether it is on disk. */
function write(writer: Writer, { batch, writes }: Extract<ToWriter, { kind: 'write' }>): boolean {
  try {
    writer.write(writes)
    reply({ kind: 'written', batch })
    return true
  } catch (error) {
    const code = isSqliteError(error) ? error.errstr : null
    reply({ kind: 'failed', batch, message: error instanceof Error ? error.message : String(error), code })
    return false
  }
}

function start(): void {
  let writer: Writer
  try {
    writer = new Writer(openForWriting(settings.file))
  } catch (error) {
    reply({ kind: 'cannotOpen', message: error instanceof Error ? error.message : String(error) })
    return
  }
  // What is sent behind a batch that failed belongs to it: a smaller one might fit, and leave results without their calls.
  let hasFailed = false
  parentPort?.on('message', (message: ToWriter) => {
    switch (message.kind) {
      case 'write':
        if (!hasFailed) hasFailed = !write(writer, message)
        return
      case 'reset':
        hasFailed = false
        return
      case 'close':
        writer.close()
        reply({ kind: 'closed' })
        parentPort?.close()
        return
      default:
        assertNever(message)
    }
  })
  reply({ kind: 'ready' })
}

start()
