import { join } from 'node:path'
import type { DocumentVersion } from '../../shared/api.ts'
import { WORKER_ENDINGS, WORKERS_FOLDER, workerNameOf } from '../../shared/worker.ts'
import { nameWorker } from '../../shared/workerEdit.ts'
import type { DocumentText, FileResult, WorkerStore } from '../ports/workspaceFiles.ts'
import { DocumentFolder, type DocumentKind } from './documentFolder.ts'
import { describeFileError } from './fileError.ts'
import { FileVersions } from './fileVersions.ts'

const WORKERS: DocumentKind = {
  word: 'worker',
  folder: WORKERS_FOLDER,
  endings: WORKER_ENDINGS,
  nested: true,
  // As Heddle names them, so that what is written here can be used there.
  separator: '_',
  companions: [],
}

type Renamed = FileResult<{ readonly file: string }>

/** The worker files of a workspace, `workers/**.yaml`, and every state of them that was seen. */
export class WorkerFiles implements WorkerStore {
  readonly #documents: DocumentFolder
  readonly #versions: FileVersions

  constructor(workspace: string) {
    this.#documents = new DocumentFolder(workspace, WORKERS)
    this.#versions = new FileVersions(join(workspace, '.jacquard', 'versions', WORKERS_FOLDER))
  }

  async list(): Promise<readonly (DocumentText & { readonly modifiedAt: number })[]> {
    const workers = await this.#documents.list()
    for (const worker of workers) await this.#keep(worker)
    return workers
  }

  async read(file: string): Promise<FileResult<DocumentText>> {
    const read = await this.#documents.read(file)
    if (read.ok) await this.#keep(read.value)
    return read
  }

  /** Refused where the state before cannot be kept: nothing is lost by a save. */
  async write(file: string, text: string, version: string | null): Promise<FileResult<{ readonly version: string }>> {
    const before = await this.#documents.read(file)
    const problem = before.ok ? await this.#keep(before.value) : null
    if (problem !== null)
      return {
        ok: false,
        kind: 'files',
        message: `${file} was not saved, for its state until now could not be kept as a version. ${problem}`,
      }
    const written = await this.#documents.write(file, text, version)
    if (written.ok) await this.#keep({ file, text })
    return written
  }

  async create(name: string, text: string): Promise<FileResult<DocumentText>> {
    return this.#writeNew(await this.#documents.freeFile(name), text)
  }

  async duplicate(file: string): Promise<Renamed> {
    const read = await this.read(file)
    if (!read.ok) return read
    const folder = file.slice(0, file.lastIndexOf('/'))
    return this.#writeNew(
      await this.#documents.freeFile(`${this.#documents.nameOf(file)} copy`, folder),
      read.value.text,
    )
  }

  async rename(file: string, name: string): Promise<Renamed> {
    const renamed = await this.#documents.rename(file, name)
    if (!renamed.ok || renamed.value.file === file) return renamed
    await this.#versions.move(workerNameOf(file), workerNameOf(renamed.value.file))
    const read = await this.read(renamed.value.file)
    if (!read.ok) return read
    const text = nameWorker(read.value.text, this.#documents.nameOf(renamed.value.file))
    const written = await this.write(renamed.value.file, text, read.value.version)
    return written.ok ? renamed : written
  }

  remove(file: string): Promise<Renamed> {
    return this.#documents.remove(file)
  }

  restore(trash: string): Promise<Renamed> {
    return this.#documents.restore(trash)
  }

  async versions(file: string): Promise<FileResult<readonly DocumentVersion[]>> {
    const read = await this.read(file)
    return read.ok ? { ok: true, value: await this.#versions.list(workerNameOf(file)) } : read
  }

  async version(file: string, version: string): Promise<FileResult<{ readonly text: string }>> {
    const read = await this.read(file)
    if (!read.ok) return read
    const text = await this.#versions.read(workerNameOf(file), version)
    return text === null
      ? { ok: false, kind: 'not_found', message: `${file} has no version ${version} any more.` }
      : { ok: true, value: { text } }
  }

  /** A new file bears its own name inside, too. */
  async #writeNew(file: string, text: string): Promise<FileResult<DocumentText>> {
    const named = nameWorker(text, this.#documents.nameOf(file))
    const written = await this.write(file, named, null)
    return written.ok ? { ok: true, value: { file, text: named, version: written.value.version } } : written
  }

  /** Why it could not be kept, or null. Reading goes on without: what is read is still on disk. */
  async #keep({ file, text }: { readonly file: string; readonly text: string }): Promise<string | null> {
    try {
      await this.#versions.keep(workerNameOf(file), text)
      return null
    } catch (error) {
      return describeFileError(error)
    }
  }
}
