import { open, readdir, readFile, stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import type { UsedFiles } from '../ports/usedFiles.ts'
import type { FileResult } from '../ports/workspaceFiles.ts'
import { decodeText } from './decodeText.ts'
import { isMissing } from './documentFolder.ts'
import { describeFileError } from './fileError.ts'
import { fromWorkspace, isInside } from './workspacePath.ts'

/** What a chain uses is sent with every call or read at every launch: larger files are a slip. */
const MAX_BYTES = 1_000_000
const TEXT_ENDINGS = ['.md', '.txt', '.yaml', '.yml', '.json', '.csv', '.toml']
const IGNORE_FILE = '.siloignore'

/** The files that chains of a workspace use. */
export function usedFiles(workspace: string): UsedFiles {
  const find = async (path: string): Promise<FileResult<string>> => {
    const absolute = fromWorkspace(workspace, path)
    try {
      // A path that is written out in full says where it leads; one from the root stays inside, links followed.
      if (isAbsolute(path) || (await isInside(workspace, absolute))) return { ok: true, value: absolute }
    } catch (error) {
      return refuse(error)
    }
    return { ok: false, kind: 'invalid', message: 'It leads out of the workspace.' }
  }
  return {
    async text(path) {
      const found = await find(path)
      return found.ok ? readText(found.value) : found
    },
    async knowledge(path) {
      const found = await find(path)
      if (!found.ok) return found
      try {
        return (await stat(found.value)).isDirectory() ? await readFolder(found.value) : await readText(found.value)
      } catch (error) {
        return refuse(error)
      }
    },
  }
}

async function readText(file: string): Promise<FileResult<string>> {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      if (size > MAX_BYTES) return tooLarge()
      return { ok: true, value: decodeText(await handle.readFile()) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return refuse(error)
  }
}

/** All texts of a folder in one, each under its path. */
async function readFolder(folder: string): Promise<FileResult<string>> {
  const { default: ignore } = await import('ignore')
  const ignored = ignore().add(await ignoreRules(folder))
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'))
  const wanted = names
    .filter((name) => TEXT_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending)))
    .filter((name) => !/(^|[/])[.]/.test(name) && basename(name) !== IGNORE_FILE && !ignored.ignores(name))
    .sort()
  const parts: string[] = []
  let bytes = 0
  for (const name of wanted) {
    const file = join(folder, name)
    if (!(await isInside(folder, file))) continue
    const read = await readText(file)
    if (!read.ok) return { ...read, message: `${name}: ${read.message}` }
    bytes += read.value.length
    if (bytes > MAX_BYTES) return tooLarge()
    parts.push(`## ${name}\n${read.value.trim()}`)
  }
  if (parts.length === 0)
    return { ok: false, kind: 'invalid', message: `The folder holds no text (${TEXT_ENDINGS.join(', ')}).` }
  return { ok: true, value: parts.join('\n\n') }
}

async function ignoreRules(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, IGNORE_FILE), 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

function tooLarge(): FileResult<string> {
  return { ok: false, kind: 'invalid', message: `It is larger than ${MAX_BYTES / 1000} kB.` }
}

function refuse(error: unknown): FileResult<string> {
  return { ok: false, kind: isMissing(error) ? 'not_found' : 'files', message: describeFileError(error) }
}
