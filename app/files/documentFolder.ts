import { createHash } from 'node:crypto'
import { access, copyFile, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { DocumentStore, DocumentText, FileResult } from '../ports/workspaceFiles.ts'
import { describeFileError } from './fileError.ts'
import { insideWorkspace } from './workspacePath.ts'
import { writeAtomic } from './writeAtomic.ts'

/** What distinguishes the files of one kind. */
export interface DocumentKind {
  /** What one is called in messages, and where its name says nothing. */
  readonly word: string
  /** Where they stand, from the workspace's root. */
  readonly folder: string
  /** How their names end; a new one ends as the first. */
  readonly endings: readonly string[]
  /** Also in folders within the folder, and nowhere else. */
  readonly nested: boolean
  /** Between the words of a file's name. */
  readonly separator: '-' | '_'
  /** How files end that belong to one: they are moved and copied with it. */
  readonly companions: readonly string[]
}

export const CHAINS: DocumentKind = {
  word: 'chain',
  folder: 'chains',
  endings: ['.chain.yaml'],
  nested: false,
  separator: '-',
  companions: ['.sample.yaml', '.eval.yaml'],
}

export const SAMPLES: DocumentKind = { ...CHAINS, word: 'sample', endings: ['.sample.yaml'], companions: [] }
export const SUITES: DocumentKind = { ...SAMPLES, word: 'suite', endings: ['.eval.yaml'] }

const TRASH = '.jacquard/trash'

/** The files of one kind in a workspace. */
export class DocumentFolder implements DocumentStore {
  readonly #workspace: string
  readonly #kind: DocumentKind

  constructor(workspace: string, kind: DocumentKind) {
    this.#workspace = workspace
    this.#kind = kind
  }

  async list(): Promise<readonly (DocumentText & { readonly modifiedAt: number })[]> {
    const { folder, nested } = this.#kind
    let names: string[]
    try {
      names = await readdir(join(this.#workspace, folder), { recursive: nested })
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
    const found = names
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => this.#ending(name) !== null && !/(^|[/])[.]/.test(name))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    const documents = await Promise.all(
      found.map(async (name) => {
        const read = await this.read(`${folder}/${name}`)
        if (!read.ok) return null
        return { ...read.value, modifiedAt: (await stat(join(this.#workspace, folder, name))).mtimeMs }
      }),
    )
    return documents.filter((document) => document !== null)
  }

  async read(file: string): Promise<FileResult<DocumentText>> {
    const path = await this.#path(file)
    if (path === null) return this.#refusePath(file)
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
    if (path === null) return this.#refusePath(file)
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

  async create(name: string, text: string): Promise<FileResult<DocumentText>> {
    const file = await this.freeFile(name)
    const written = await this.write(file, text, null)
    return written.ok ? { ok: true, value: { file, text, version: written.value.version } } : written
  }

  async duplicate(file: string): Promise<FileResult<{ readonly file: string }>> {
    const read = await this.read(file)
    if (!read.ok) return read
    const copy = await this.freeFile(`${this.nameOf(file)} copy`, dirname(file))
    const written = await this.write(copy, read.value.text, null)
    if (!written.ok) return written
    await this.#alongWith(file, copy, (from, to) => copyFile(from, to))
    return { ok: true, value: { file: copy } }
  }

  async rename(file: string, name: string): Promise<FileResult<{ readonly file: string }>> {
    const [folder, ending] = [dirname(file), this.#ending(file) ?? '']
    if (`${folder}/${this.#slug(name)}${ending}` === file) return { ok: true, value: { file } }
    return this.#move(file, await this.freeFile(name, folder, ending))
  }

  /** Gives where it went, for `restore`. */
  async remove(file: string): Promise<FileResult<{ readonly file: string }>> {
    const { folder } = this.#kind
    const inner = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : basename(file)
    return this.#move(file, `${TRASH}/${Date.now()}/${inner}`)
  }

  /** Back to where it was; beside it, where another has taken its name meanwhile. */
  async restore(trash: string): Promise<FileResult<{ readonly file: string }>> {
    const inner = /^[.]jacquard[/]trash[/]\d+[/](.+)$/.exec(trash)?.[1]
    if (inner === undefined) return this.#refusePath(trash)
    const file = `${this.#kind.folder}/${inner}`
    const isFree = !(await exists(join(this.#workspace, file)))
    return this.#move(trash, isFree ? file : await this.freeFile(this.nameOf(file), dirname(file)))
  }

  /** A file that is not there yet, named after what people call it. */
  async freeFile(name: string, folder = this.#kind.folder, ending = this.#kind.endings[0] ?? ''): Promise<string> {
    const base = this.#slug(name)
    for (let number = 1; ; number++) {
      const file = `${folder}/${number === 1 ? base : `${base}${this.#kind.separator}${number}`}${ending}`
      if (!(await exists(join(this.#workspace, file)))) return file
    }
  }

  /** Without its folder and its ending. */
  nameOf(file: string): string {
    return basename(file, this.#ending(file) ?? '')
  }

  #ending(file: string): string | null {
    return this.#kind.endings.find((ending) => file.endsWith(ending)) ?? null
  }

  async #path(file: string): Promise<string | null> {
    if (this.#ending(file) === null) return null
    const { folder, nested } = this.#kind
    if (nested && !posix.normalize(file).startsWith(`${folder}/`) && !posix.normalize(file).startsWith(`${TRASH}/`))
      return null
    return insideWorkspace(this.#workspace, file)
  }

  /** `Triage tickets!` → `triage-tickets` */
  #slug(name: string): string {
    const { separator, word } = this.#kind
    const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    const words = plain.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
    return words.join(separator) || word
  }

  /** Does with each companion that is there what was done with the file. */
  async #alongWith(from: string, to: string, act: (from: string, to: string) => Promise<void>): Promise<void> {
    for (const companion of this.#kind.companions) {
      const [own, its] = [from, to].map((file) => {
        const base = file.slice(0, file.length - (this.#ending(file)?.length ?? 0))
        return insideWorkspace(this.#workspace, `${base}${companion}`)
      })
      const [source, target] = await Promise.all([own, its])
      if (source != null && target != null && (await exists(source))) await act(source, target)
    }
  }

  async #move(from: string, to: string): Promise<FileResult<{ readonly file: string }>> {
    const [source, target] = [await this.#path(from), await this.#path(to)]
    if (source === null || target === null) return this.#refusePath(source === null ? from : to)
    try {
      await mkdir(dirname(target), { recursive: true })
      await rename(source, target)
      await this.#alongWith(from, to, (own, its) => rename(own, its))
      return { ok: true, value: { file: to } }
    } catch (error) {
      return {
        ok: false,
        kind: isMissing(error) ? 'not_found' : 'files',
        message: `${from}: ${describeFileError(error)}`,
      }
    }
  }

  #refusePath<T>(file: string): FileResult<T> {
    const { word, folder, endings, nested } = this.#kind
    const where = nested ? `${folder}/NAME${endings[0]}` : `NAME${endings[0]} inside it`
    return { ok: false, kind: 'invalid', message: `${file} is not a ${word} file of this workspace (${where}).` }
  }
}

/** Changes with the text and with nothing else. */
export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

export function isMissing(error: unknown): boolean {
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
