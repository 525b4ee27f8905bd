import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Chain } from '../../shared/chain.ts'
import { parseChain } from '../../shared/chainDocument.ts'
import { formatProblem, type Problem } from '../../shared/problem.ts'
import { Refusal } from './refusal.ts'
import { shownPath } from './shownPath.ts'
import { workspaceOfChain } from './workspaceFolder.ts'

/** Where a chain file is, before anything is read. */
export interface ChainPlace {
  /** Absolute. */
  readonly path: string
  readonly workspace: string
  /** From the workspace's root with `/`, as the API names chains; absolute outside it. */
  readonly file: string
  /** As a person in the current folder would write it. */
  readonly shown: string
}

export interface OpenedChain extends ChainPlace {
  readonly text: string
  readonly chain: Chain
  readonly warnings: readonly Problem[]
}

export function placeChain(given: string, toldWorkspace: string | undefined): ChainPlace {
  const path = resolve(given)
  const workspace = workspaceOfChain(toldWorkspace, path)
  const inside = relative(workspace, path)
  const isOutside = inside.startsWith('..') || isAbsolute(inside)
  return {
    path,
    workspace,
    file: isOutside ? path : inside.split(sep).join('/'),
    shown: shownPath(path, process.cwd()),
  }
}

/** Reads a chain that is to be run. Refuses one with errors, naming each with its line. */
export async function openChain(given: string, toldWorkspace: string | undefined): Promise<OpenedChain> {
  const place = placeChain(given, toldWorkspace)
  const text = await readChainText(place.path)
  const { chain, problems } = parseChain(text)
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (chain === null || errors.length > 0) throw new Refusal(problemLines(errors, place.shown).join('\n'))
  return { ...place, text, chain, warnings: problems }
}

export async function readChainText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Refusal(whyUnreadable(path, error))
  }
}

/** One line a problem, in the order of the file. */
export function problemLines(problems: readonly Problem[], shownFile: string): string[] {
  return [...problems]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    .map((problem) => {
      const line = formatProblem(problem, shownFile)
      return problem.severity === 'warning' ? `${line} (warning)` : line
    })
}

function whyUnreadable(path: string, error: unknown): string {
  const shown = shownPath(path, process.cwd())
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EISDIR') return `${shown} is a folder: name a chain file, such as ${shown}/NAME.chain.yaml.`
  if (code === 'EACCES') return `${shown} may not be read: check its permissions.`
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
  const meant = [`${path}.chain.yaml`, resolve('chains', `${shown}.chain.yaml`), resolve('chains', shown)].find(
    (candidate) => existsSync(candidate),
  )
  if (meant !== undefined) return `There is no file ${shown}: did you mean ${shownPath(meant, process.cwd())}?`
  return `There is no file ${shown}: name a chain file (NAME.chain.yaml).`
}
