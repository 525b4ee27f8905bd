import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isJsonObject, type JsonObject, json } from '../../shared/json.ts'
import { describeFileError } from './fileError.ts'
import { isInside } from './workspacePath.ts'

/** Files that say what holds for all items in their folder and below it. They are no items themselves. */
export const PARAMS_FILES = ['_params.yaml', '_params.yml', '_params.json'] as const

const MAX_BYTES = 100_000
/** Folders whose params are remembered; the files of one folder are read one after the other. */
const MAX_REMEMBERED = 500

/** null: no folder on the way says any. */
type Params =
  | { readonly ok: true; readonly params: JsonObject | null }
  | { readonly ok: false; readonly message: string }

/**
 * The params of nested folders. A `_params.yaml` (or `.yml`, `.json`) in any folder of the source gives `item.params` to
 * the files below it: a mapping, merged name by name from the outermost folder to the innermost, where the inner one
 * wins (null included). Nothing is merged within a value. A file that cannot be read is the failure of all items below.
 */
export class FolderParams {
  readonly #root: string
  readonly #known = new Map<string, Promise<Params>>()

  /** Absolute. */
  constructor(root: string) {
    this.#root = root
  }

  /** `folder` is a path within the root with `/`; `''` is the root itself. */
  of(folder: string): Promise<Params> {
    const known = this.#known.get(folder)
    if (known !== undefined) return known
    const params = this.#merge(folder)
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear()
    this.#known.set(folder, params)
    return params
  }

  async #merge(folder: string): Promise<Params> {
    const parent = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : ''
    const outer: Params = folder === '' ? { ok: true, params: null } : await this.of(parent)
    if (!outer.ok) return outer
    const own = await this.#own(folder)
    if (!own.ok || own.params === null) return own.ok ? outer : own
    return { ok: true, params: { ...outer.params, ...own.params } }
  }

  async #own(folder: string): Promise<Params> {
    const found: string[] = []
    for (const name of PARAMS_FILES) if (await isThere(join(this.#root, folder, name))) found.push(name)
    const [name, second] = found
    if (name === undefined) return { ok: true, params: null }
    const path = folder === '' ? name : `${folder}/${name}`
    if (second !== undefined) return { ok: false, message: `Beside ${path} stands ${second}: keep one of them.` }
    const read = await readParams(this.#root, path)
    return read.ok ? read : { ok: false, message: `${path} cannot be read. ${read.message}` }
  }
}

async function readParams(root: string, path: string): Promise<Params> {
  const file = join(root, path)
  try {
    if (!(await isInside(root, await realpath(file)))) return { ok: false, message: 'It is a link out of the folder.' }
    const stats = await stat(file)
    if (!stats.isFile()) return { ok: false, message: 'It is not a file.' }
    if (stats.size > MAX_BYTES) return { ok: false, message: `It is larger than ${MAX_BYTES / 1000} kB.` }
    const text = await readFile(file, 'utf8')
    return parseParams(text)
  } catch (error) {
    return { ok: false, message: describeFileError(error) }
  }
}

function parseParams(text: string): Params {
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 100 })
  } catch (error) {
    // The parser throws for whatever is not YAML.
    return { ok: false, message: `It is not valid YAML: ${error instanceof Error ? error.message : String(error)}` }
  }
  if (value === null || value === undefined) return { ok: true, params: null }
  const params = json.safeParse(value)
  if (!params.success || !isJsonObject(params.data))
    return { ok: false, message: 'It is not a mapping of names to values.' }
  return { ok: true, params: params.data }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null
}
