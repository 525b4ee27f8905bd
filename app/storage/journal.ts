import { Worker } from 'node:worker_threads'
import type { FromWriter, ToWriter, Write, WriterSettings } from './writes.ts'

/** Longest a write waits for others to be committed with, in milliseconds. */
const GROUP_MS = 15
/** As soon as so many wait, they go at once. */
const GROUP_WRITES = 512

/** Nothing lives long in the writer's thread; left alone, V8 would let some 100 MB of dead batches gather there. */
const WRITER_YOUNG_MB = 8

/**
 * The main thread's end of the writer: gathers writes, sends them in batches, and tells when each is on disk. Batches
 * are committed in the order of their writes.
 */
export class Journal {
  readonly #worker: Worker
  readonly #opened: Promise<void>
  #gathering: Write[] = []
  #onWritten: (() => void)[] = []
  /** Batches that the writer has not acknowledged yet, oldest first. */
  #inFlight: { readonly batch: number; readonly writes: number; readonly onWritten: readonly (() => void)[] }[] = []
  #timer: NodeJS.Timeout | null = null
  #batch = 0
  #pending = 0
  #failure: Error | null = null
  readonly #errorListeners = new Set<(error: Error) => void>()
  #waiters: { readonly batch: number; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  #closed: (() => void) | null = null

  constructor(settings: WriterSettings) {
    // Beside this file as TypeScript in a checkout, as a bundle in the packaged app.
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
    this.#worker = new Worker(new URL(`./writerWorker${extension}`, import.meta.url), {
      workerData: settings,
      name: 'writer',
      resourceLimits: { maxYoungGenerationSizeMb: WRITER_YOUNG_MB },
    })
    this.#opened = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWriter) => {
        switch (message.kind) {
          case 'ready':
            return resolve()
          case 'cannotOpen':
            return reject(new Error(message.message))
          case 'written':
            return this.#written(message.batch)
          case 'failed':
            return this.#failed(new Error(failureText(message)))
          case 'closed':
            return this.#closed?.()
        }
      })
      this.#worker.on('error', (error: unknown) => {
        const failure = error instanceof Error ? error : new Error(String(error))
        reject(failure)
        this.#failed(failure)
      })
    })
  }

  /** Rejects where the database cannot be opened. */
  opened(): Promise<void> {
    return this.#opened
  }

  /** Writes not on disk yet. */
  get pending(): number {
    return this.#pending
  }

  /** `onWritten` is called when the write, and all before it, are on disk; never, if the disk refuses. */
  add(write: Write, onWritten: (() => void) | null): void {
    if (this.#failure !== null) return
    if (onWritten !== null) this.#onWritten.push(onWritten)
    this.addTogether([write])
  }

  /** All of them or none: they are committed in one batch. */
  addTogether(writes: readonly Write[]): void {
    if (this.#failure !== null) return
    this.#gathering.push(...writes)
    this.#pending += writes.length
    if (this.#gathering.length >= GROUP_WRITES) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), GROUP_MS)
  }

  flush(): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    this.#send()
    if (this.#inFlight.length === 0) return Promise.resolve()
    const batch = this.#batch
    return new Promise((resolve, reject) => this.#waiters.push({ batch, resolve, reject }))
  }

  /** The disk has refused: nothing is written before `reset`. */
  get hasFailed(): boolean {
    return this.#failure !== null
  }

  onError(listener: (error: Error) => void): () => void {
    this.#errorListeners.add(listener)
    return () => this.#errorListeners.delete(listener)
  }

  /** After a failure (a full disk, say): what was not written is dropped, writing may be tried again. */
  reset(): void {
    if (this.#failure === null) return
    this.#failure = null
    this.#gathering = []
    this.#onWritten = []
    this.#inFlight = []
    this.#pending = 0
    this.#post({ kind: 'reset' })
  }

  async close(): Promise<void> {
    if (this.#failure === null) await this.flush()
    const closed = new Promise<void>((resolve) => {
      this.#closed = resolve
      this.#worker.once('exit', () => resolve())
    })
    this.#post({ kind: 'close' })
    await closed
    await this.#worker.terminate()
  }

  #send(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#gathering.length === 0 || this.#failure !== null) return
    const writes = this.#gathering
    this.#inFlight.push({ batch: ++this.#batch, writes: writes.length, onWritten: this.#onWritten })
    this.#gathering = []
    this.#onWritten = []
    this.#post({ kind: 'write', batch: this.#batch, writes })
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message)
  }

  #written(batch: number): void {
    // One that was given up by `reset` may still be acknowledged.
    const done = this.#inFlight[0]?.batch === batch ? this.#inFlight.shift() : undefined
    this.#pending -= done?.writes ?? 0
    for (const onWritten of done?.onWritten ?? []) onWritten()
    const [ready, waiting] = [
      this.#waiters.filter((waiter) => waiter.batch <= batch),
      this.#waiters.filter((waiter) => waiter.batch > batch),
    ]
    this.#waiters = waiting
    for (const waiter of ready) waiter.resolve()
  }

  #failed(error: Error): void {
    if (this.#failure !== null) return
    this.#failure = error
    for (const waiter of this.#waiters) waiter.reject(error)
    this.#waiters = []
    for (const listener of this.#errorListeners) listener(error)
  }
}

/** SQLite's message often is the code's own text. */
function failureText({ message, code }: { message: string; code: string | null }): string {
  return code === null || message.includes(code) ? message : `${message} (${code})`
}
