import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { windowState } from './windowState.ts'

const schema = z.object({ workspace: z.string().nullable(), window: windowState.nullable() })

/** What the desktop remembers from one start to the next. */
export type ShellState = Readonly<z.infer<typeof schema>>

const FIRST_START: ShellState = { workspace: null, window: null }

/**
 * Kept in `shell.json` in the user's data folder. Read and written at once: it is tiny, and the last write comes while
 * the program is ending.
 */
export class ShellStateFile {
  readonly #file: string
  #state: ShellState

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#file = join(folder, 'shell.json')
    this.#state = read(this.#file)
  }

  get state(): ShellState {
    return this.#state
  }

  update(change: Partial<ShellState>): void {
    this.#state = { ...this.#state, ...change }
    const unfinished = `${this.#file}.tmp`
    writeFileSync(unfinished, JSON.stringify(this.#state))
    renameSync(unfinished, this.#file)
  }
}

/** A file that is missing or damaged means a window in the middle of the screen: nothing that a person would repair. */
function read(file: string): ShellState {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return FIRST_START
  }
}
