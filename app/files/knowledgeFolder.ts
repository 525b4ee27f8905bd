import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { decodeText } from './decodeText.ts'

/** Files of other kinds are passed over. */
const ENDINGS: readonly string[] = ['.md', '.txt', '.yaml', '.yml', '.json', '.csv', '.toml']
/** One pattern a line, as in a shell: `*` stands for anything. What matches is passed over. */
const IGNORE_FILE = '.siloignore'

/**
 * The text files of a folder and of the folders in it, in the order of their paths, each under its own: `## rules/a.md`.
 * Links are not followed. `problem`: there is nothing to read, or more than `mostBytes` in all.
 */
export async function readKnowledgeFolder(
  folder: string,
  mostBytes: number,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const ignored = await readIgnored(folder)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && ENDINGS.includes(extname(entry.name).toLowerCase()))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !isIgnored(path, ignored))
    .sort()
  if (paths.length === 0) return { problem: `There is no text file in it (${ENDINGS.join(', ')}).` }
  const parts: string[] = []
  let bytes = 0
  for (const path of paths) {
    bytes += (await stat(join(folder, path))).size
    if (bytes > mostBytes)
      return {
        problem: `Its text files are larger than ${mostBytes / 1_000_000} MB together. Name the ones that are needed, or pass others over in ${IGNORE_FILE}.`,
      }
    parts.push(`## ${path}\n\n${decodeText(await readFile(join(folder, path))).trim()}`)
  }
  return { text: parts.join('\n\n') }
}

async function readIgnored(folder: string): Promise<readonly RegExp[]> {
  let text: string
  try {
    text = await readFile(join(folder, IGNORE_FILE), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(shellPattern)
}

/** A pattern may mean a path, a file's own name, or a folder and all that is in it. */
function isIgnored(path: string, patterns: readonly RegExp[]): boolean {
  const steps = path.split('/')
  const candidates = [...steps, ...steps.map((_, index) => steps.slice(0, index + 1).join('/'))]
  return patterns.some((pattern) => candidates.some((candidate) => pattern.test(candidate)))
}

/** `*`, `?` and `[abc]` as a shell has them; `*` also stands for slashes. */
function shellPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/\/+$/, '')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
    .replaceAll('[!', '[^')
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    // Brackets that are no set of characters stand for themselves.
    return new RegExp(`^${source.replace(/[[\]]/g, '\\$&')}$`, 's')
  }
}
