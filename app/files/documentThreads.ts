import pLimit from 'p-limit'
import { Piscina } from 'piscina'
import type { DocumentRead, DocumentTask } from './documents/documentTask.ts'

/** Documents read at the same time; further ones wait. */
const THREADS = 2
const MAX_HEAP_MB = 800
/** Memory of a thread outside its heap: a stream in a document may unpack to any size. */
const MAX_BUFFERS = 700_000_000
const LOOK_MS = 250

const slots = pLimit(THREADS)
const idle: Piscina<DocumentTask, DocumentRead>[] = []

export interface ParseBounds {
  readonly seconds: number
  readonly signal: AbortSignal | undefined
}

/**
 * Reads one document in a worker thread. What takes longer or more memory than it may is ended with its thread, and is
 * that document's failure; so is what `signal` gives up. `task.bytes` can no longer be used afterwards.
 */
export function readInThread(task: DocumentTask, bounds: ParseBounds): Promise<DocumentRead> {
  return slots(() => readNow(task, bounds))
}

async function readNow(task: DocumentTask, { seconds, signal }: ParseBounds): Promise<DocumentRead> {
  if (signal?.aborted === true) return { ok: false, message: 'It was given up.' }
  const thread = idle.pop() ?? openThread()
  const stop = new AbortController()
  const giveUp = () => stop.abort('It was given up.')
  signal?.addEventListener('abort', giveUp)
  const timer = setTimeout(() => stop.abort(`Reading it took longer than ${seconds} s.`), seconds * 1000)
  const watch = setInterval(() => void stopGreedy(thread, stop), LOOK_MS)
  try {
    return await thread.run(task, { signal: stop.signal, transferList: [ownBuffer(task.bytes)] })
  } catch (error) {
    if (stop.signal.aborted) return { ok: false, message: String(stop.signal.reason) }
    if (isOutOfMemory(error)) return { ok: false, message: TOO_MUCH_MEMORY }
    // What a parser throws is caught in its thread; this is what it threw where nobody could, with the thread gone.
    return { ok: false, message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` }
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    signal?.removeEventListener('abort', giveUp)
    idle.push(thread)
  }
}

const TOO_MUCH_MEMORY = 'Reading it takes more memory than a document may: it is too large, or made to be.'

/** One thread to a pool, so that it is known whose memory grows. It starts with its first document. */
function openThread(): Piscina<DocumentTask, DocumentRead> {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const thread = new Piscina<DocumentTask, DocumentRead>({
    filename: new URL(`./documentWorker${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 5000,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  // A thread may also die of an earlier document while it waits for the next one. The pool replaces it.
  thread.on('error', () => undefined)
  return thread
}

async function stopGreedy(thread: Piscina, stop: AbortController): Promise<void> {
  for (const worker of thread.threads) {
    // A thread that has just ended has no numbers any more.
    const numbers = await worker.getHeapStatistics().catch(() => null)
    if (numbers !== null && numbers.external_memory > MAX_BUFFERS) stop.abort(TOO_MUCH_MEMORY)
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

/** Small buffers share one store with strangers, which must stay where it is. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength) return bytes.buffer
  throw new Error('A document is handed over in a buffer of its own.')
}
