import { type FSWatcher, watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type FilesWanted, listFiles } from './folderFiles.ts'

/** Watching tells of most changes; what it misses (network folders, many at once) is found by looking. */
const LOOK_MS = 2000
/** A large folder is looked through less often: at most this part of the time. */
const LOOK_SHARE = 0.1
/** A file is taken when its size and time have stayed the same for so long. */
const SETTLED_MS = 500
/** A file last written so long ago is complete. */
const OLD_MS = 5000
/** After the end has been asked for, a file that is still being written is taken as it is. */
const FINISH_MS = 5000

/** The files of a folder as they come. Looks from the first question on, until it is closed. */
export class FolderWatch {
  readonly #folder: string
  readonly #wanted: FilesWanted
  readonly #arrived: string[]
  readonly #known: Set<string>
  /** Files that may still be written: how they were when they were last looked at, and since when. */
  readonly #growing = new Map<string, { readonly state: string; readonly since: number }>()
  readonly #waiting = new Set<() => void>()
  #watcher: FSWatcher | null = null
  #timer: { readonly id: NodeJS.Timeout; readonly due: number } | null = null
  #isLooking = false
  /** When everything has to be taken; null: nobody has asked for the end. */
  #finishBy: number | null = null
  #isAtEnd = false
  #problem: Error | null = null

  /** `folder` is absolute; `known`: files that came before, in their order. */
  constructor(folder: string, wanted: FilesWanted, known: readonly string[]) {
    this.#folder = folder
    this.#wanted = wanted
    this.#arrived = [...known]
    this.#known = new Set(known)
  }

  /** Paths within the folder, in the order of their arrival. */
  get arrived(): readonly string[] {
    return this.#arrived
  }

  /**
   * Those from `index` on, as soon as there are any; none: it was finished or closed, or `signal` aborts. Rejects with
   * what the system says where the folder cannot be looked through any more.
   */
  async after(index: number, signal: AbortSignal): Promise<readonly string[]> {
    this.#begin()
    while (this.#arrived.length <= index && !this.#isAtEnd && !signal.aborted) await this.#change(signal)
    if (signal.aborted) return []
    if (this.#arrived.length <= index && this.#problem !== null) throw this.#problem
    return this.#arrived.slice(index)
  }

  /** Looks once more, waits for files that are being written, and then comes to its end. */
  finish(): void {
    this.#finishBy ??= performance.now() + FINISH_MS
    if (this.#timer !== null) this.#lookIn(0)
  }

  close(): void {
    this.#isAtEnd = true
    this.#watcher?.close()
    this.#watcher = null
    if (this.#timer !== null) clearTimeout(this.#timer.id)
    this.#timer = null
    this.#wakeAll()
  }

  #begin(): void {
    if (this.#isAtEnd || this.#timer !== null || this.#isLooking) return
    this.#watcher = openWatcher(this.#folder, this.#wanted.recursive ?? true, () => this.#lookIn(SETTLED_MS / 5))
    this.#lookIn(0)
  }

  /** Looks after a while, or earlier if that was meant already. */
  #lookIn(ms: number): void {
    const due = performance.now() + ms
    if (this.#isAtEnd || this.#isLooking || (this.#timer !== null && this.#timer.due <= due)) return
    if (this.#timer !== null) clearTimeout(this.#timer.id)
    const id = setTimeout(() => {
      this.#timer = null
      this.#isLooking = true
      this.#look().catch((error: unknown) => {
        this.#problem = error instanceof Error ? error : new Error(String(error))
        this.close()
      })
    }, ms)
    this.#timer = { id, due }
  }

  async #look(): Promise<void> {
    const began = performance.now()
    const isLast = this.#finishBy !== null
    const isOverdue = this.#finishBy !== null && began > this.#finishBy
    const paths = (await listFiles(this.#folder, this.#wanted)).filter((path) => !this.#known.has(path))
    for (const path of paths) if (isOverdue || (await this.#isComplete(path))) this.#take(path)
    const found = new Set(paths)
    for (const path of this.#growing.keys()) if (!found.has(path)) this.#growing.delete(path)
    this.#isLooking = false
    if (isLast && this.#growing.size === 0) return this.close()
    const isSoon = this.#growing.size > 0 || this.#finishBy !== null
    this.#lookIn(isSoon ? SETTLED_MS / 5 : Math.max(LOOK_MS, (performance.now() - began) / LOOK_SHARE))
    this.#wakeAll()
  }

  #take(path: string): void {
    this.#growing.delete(path)
    this.#known.add(path)
    this.#arrived.push(path)
  }

  async #isComplete(path: string): Promise<boolean> {
    const stats = await stat(join(this.#folder, path)).catch(() => null)
    // It is gone again, or may not be looked at: the next look tells.
    if (stats === null) return false
    if (Date.now() - stats.mtimeMs > OLD_MS) return true
    const state = `${stats.size} ${stats.mtimeMs}`
    const before = this.#growing.get(path)
    if (before?.state === state) return performance.now() - before.since >= SETTLED_MS
    this.#growing.set(path, { state, since: performance.now() })
    return false
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

/** null: the system cannot watch this folder. It is looked through all the same. */
function openWatcher(folder: string, recursive: boolean, changed: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { recursive }, changed)
    // What goes wrong with the watching is no matter: the folder is looked through all the same.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return null
  }
}
