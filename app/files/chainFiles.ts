import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ChainStore, ChainText, FileResult } from '../ports/workspaceFiles.ts'
import { describeFileError } from './fileError.ts'
import { insideWorkspace } from './workspacePath.ts'
import { writeAtomic } from './writeAtomic.ts'

const ENDING = '.chain.yaml'
const FOLDER = 'chains'
const TRASH = '.jacquard/trash'

/** The chain files of a workspace: `chains/NAME.chain.yaml`, one folder, no others. */
export class ChainFiles implements ChainStore {
  readonly #workspace: string

  constructor(workspace: string) {
    this.#workspace = workspace
  }

  async list(): Promise<readonly (ChainText & { readonly modifiedAt: number })[]> {
    let names: string[]
    try {
      names = await readdir(join(this.#workspace, FOLDER))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
    const found = names
      .filter((name) => name.endsWith(ENDING))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    const chains = await Promise.all(
      found.map(async (name) => {
        const read = await this.read(`${FOLDER}/${name}`)
        if (!read.ok) return null
        return { ...read.value, modifiedAt: (await stat(join(this.#workspace, FOLDER, name))).mtimeMs }
      }),
    )
    return chains.filter((chain) => chain !== null)
  }

  async read(file: string): Promise<FileResult<ChainText>> {
    const path = await this.#path(file)
    if (path === null) return refusePath(file)
    try {
      const text = await readFile(path, 'utf8')
      return { ok: true, value: { file, text, version: versionOf(text) } }
    } catch (error) {
      return {
        ok: false,
        kind: isMissing(error) ? 'not_found' : 'files',
        message: `${file}: ${describeFileError(error)}`,
      }
    }
  }

  /** `version`: that of the text the edit began with; null: the file must not be there yet. */
  async write(file: string, text: string, version: string | null): Promise<FileResult<{ readonly version: string }>> {
    const path = await this.#path(file)
    if (path === null) return refusePath(file)
    const before = await this.read(file)
    if (!before.ok && before.kind === 'files') return before
    const onDisk = before.ok ? before.value.version : null
    if (onDisk !== version && onDisk !== versionOf(text))
      return {
        ok: false,
        kind: 'conflict',
        message: `${file} was changed on disk meanwhile. Nothing was overwritten: take that text, or keep yours.`,
      }
    try {
      await mkdir(dirname(path), { recursive: true })
      await writeAtomic(path, text)
      return { ok: true, value: { version: versionOf(text) } }
    } catch (error) {
      return { ok: false, kind: 'files', message: `${file} could not be saved. ${describeFileError(error)}` }
    }
  }

  async create(name: string, text: string): Promise<FileResult<ChainText>> {
    const file = await this.#freeFile(name)
    const written = await this.write(file, text, null)
    return written.ok ? { ok: true, value: { file, text, version: written.value.version } } : written
  }

  async duplicate(file: string): Promise<FileResult<{ readonly file: string }>> {
    const read = await this.read(file)
    if (!read.ok) return read
    return this.create(`${nameOf(file)} copy`, read.value.text)
  }

  async rename(file: string, name: string): Promise<FileResult<{ readonly file: string }>> {
    const target = `${FOLDER}/${slug(name)}${ENDING}`
    if (target === file) return { ok: true, value: { file } }
    return this.#move(file, await this.#freeFile(name))
  }

  /** Gives where it went, for `restore`. */
  async remove(file: string): Promise<FileResult<{ readonly file: string }>> {
    await mkdir(join(this.#workspace, TRASH), { recursive: true })
    return this.#move(file, `${TRASH}/${Date.now()}-${basename(file)}`)
  }

  async restore(trash: string): Promise<FileResult<{ readonly file: string }>> {
    if (!trash.startsWith(`${TRASH}/`)) return refusePath(trash)
    return this.#move(trash, await this.#freeFile(nameOf(basename(trash).replace(/^\d+-/, ''))))
  }

  /** Calls back, a moment after, when files of the workspace change: `chains` or its settings. */
  watch(onChange: (what: 'chains' | 'settings') => void): () => void {
    const watchers: FSWatcher[] = []
    const timers = new Map<string, NodeJS.Timeout>()
    const soon = (what: 'chains' | 'settings') => {
      clearTimeout(timers.get(what))
      timers.set(
        what,
        setTimeout(() => onChange(what), 150),
      )
    }
    const add = (folder: string, seen: (name: string | null) => void) => {
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => seen(name))
        // A watched folder that goes away ends the watching, not the app.
        watcher.on('error', () => watcher.close())
        watchers.push(watcher)
      } catch (error) {
        if (!isMissing(error)) throw error
      }
    }
    add(join(this.#workspace, FOLDER), (name) => {
      if (name === null || name.endsWith(ENDING)) soon('chains')
    })
    add(this.#workspace, (name) => {
      if (name === 'jacquard.yaml') soon('settings')
      if (name === FOLDER) soon('chains')
    })
    return () => {
      for (const watcher of watchers) watcher.close()
      for (const timer of timers.values()) clearTimeout(timer)
    }
  }

  async #path(file: string): Promise<string | null> {
    return file.endsWith(ENDING) ? insideWorkspace(this.#workspace, file) : null
  }

  async #freeFile(name: string): Promise<string> {
    const base = slug(name)
    for (let number = 1; ; number++) {
      const file = `${FOLDER}/${number === 1 ? base : `${base}-${number}`}${ENDING}`
      if (!(await exists(join(this.#workspace, file)))) return file
    }
  }

  async #move(from: string, to: string): Promise<FileResult<{ readonly file: string }>> {
    const [source, target] = [await this.#path(from), await this.#path(to)]
    if (source === null || target === null) return refusePath(source === null ? from : to)
    try {
      await mkdir(dirname(target), { recursive: true })
      await rename(source, target)
      return { ok: true, value: { file: to } }
    } catch (error) {
      return {
        ok: false,
        kind: isMissing(error) ? 'not_found' : 'files',
        message: `${from}: ${describeFileError(error)}`,
      }
    }
  }
}

function refusePath<T>(file: string): FileResult<T> {
  return {
    ok: false,
    kind: 'invalid',
    message: `${file} is not a chain file of this workspace (NAME${ENDING} inside it).`,
  }
}

function nameOf(file: string): string {
  return basename(file).replace(ENDING, '')
}

/** `Triage tickets!` → `triage-tickets` */
function slug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'chain'
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    // Whatever the reason, there is nothing there to be overwritten by a rename that would succeed.
    return false
  }
}
