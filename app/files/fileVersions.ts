import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DocumentVersion } from '../../shared/api.ts'
import { isMissing, versionOf } from './documentFolder.ts'
import { writeAtomic } from './writeAtomic.ts'

const MOST_KEPT = 200

/**
 * Earlier states of files, a folder for each file and in it a file for each state: `2026-03-01T09-30-00.000Z-HASH.yaml`.
 * Two equal states that follow each other are one. Rejects where the disk refuses.
 */
export class FileVersions {
  readonly #folder: string
  /** What the newest state of a name is known to be, so that a look at a file costs no look into its folder. */
  readonly #newest = new Map<string, string>()
  /** States are kept one after the other: each looks at the one before. */
  #last: Promise<unknown> = Promise.resolve()

  /** `folder`: absolute. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** Keeps a state, where it is not the newest already. Of each name the last 200 are kept. */
  async keep(name: string, text: string): Promise<void> {
    const kept = this.#last.then(() => this.#keep(name, text))
    // Whoever asked for this one is told; the next one starts all the same.
    this.#last = kept.catch(() => undefined)
    await kept
  }

  /** Newest first. */
  async list(name: string): Promise<readonly DocumentVersion[]> {
    const versions = await Promise.all(
      (await this.#names(name)).map(async (file): Promise<DocumentVersion | null> => {
        const found = NAME.exec(file)
        if (found === null) return null
        const [, version = '', at = '', textVersion = ''] = found
        const { size } = await stat(join(this.#folder, name, file))
        return { version, at: readStamp(at), bytes: size, textVersion }
      }),
    )
    return versions.filter((version) => version !== null).reverse()
  }

  /** null: there is no such version. */
  async read(name: string, version: string): Promise<string | null> {
    if (!NAME.test(`${version}.yaml`)) return null
    try {
      return await readFile(join(this.#folder, name, `${version}.yaml`), 'utf8')
    } catch (error) {
      if (isMissing(error)) return null
      throw error
    }
  }

  /** The file has another name now; what was kept under that name before comes before it. */
  async move(from: string, to: string): Promise<void> {
    const files = await this.#names(from)
    await mkdir(join(this.#folder, to), { recursive: true })
    for (const file of files) await rename(join(this.#folder, from, file), join(this.#folder, to, file))
    this.#newest.delete(from)
    this.#newest.delete(to)
  }

  async #keep(name: string, text: string): Promise<void> {
    const textVersion = versionOf(text)
    if (this.#newest.get(name) === textVersion) return
    const files = await this.#names(name)
    const [, , lastAt = '', lastText = ''] = NAME.exec(files.at(-1) ?? '') ?? []
    if (lastText !== textVersion) {
      // Names say the order: no state is older than the one before it, even where the clock was set back.
      const at = Math.max(Date.now(), lastAt === '' ? 0 : readStamp(lastAt) + 1)
      await mkdir(join(this.#folder, name), { recursive: true })
      await writeAtomic(join(this.#folder, name, `${stamp(at)}-${textVersion}.yaml`), text)
      for (const file of files.slice(0, Math.max(0, files.length + 1 - MOST_KEPT)))
        await rm(join(this.#folder, name, file), { force: true })
    }
    this.#newest.set(name, textVersion)
  }

  /** File names, oldest first. */
  async #names(name: string): Promise<readonly string[]> {
    try {
      return (await readdir(join(this.#folder, name))).filter((file) => NAME.test(file)).sort()
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
}

const NAME = /^((\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d[.]\d{3}Z)-([0-9a-f]{16}))[.]yaml$/

/** ISO 8601 without the colons, which no file name on Windows may hold. */
function stamp(at: number): string {
  return new Date(at).toISOString().replaceAll(':', '-')
}

function readStamp(text: string): number {
  return Date.parse(text.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'))
}
