import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatProblem, type Problem } from '../../shared/problem.ts'
import { readYaml } from '../../shared/yamlProblems.ts'
import type { FileResult } from '../ports/workspaceFiles.ts'
import { isMissing } from './documentFolder.ts'
import { describeFileError } from './fileError.ts'
import { parseSettings, SETTINGS_FILE } from './settingsFile.ts'
import { writeAtomic } from './writeAtomic.ts'

interface SettingsEdit {
  /** For messages: `The budgets were`. */
  readonly what: string
  /** Gets text that can be read, or none. */
  edit(text: string): string
}

/**
 * Changes the workspace's jacquard.yaml, whole or not at all. The file is made where it is missing. One that would not hold as
 * settings afterwards is left as it is.
 */
export async function writeSettings(workspace: string, { what, edit }: SettingsEdit): Promise<FileResult<null>> {
  const notRead = (problems: readonly Problem[]) => notSaved(what, problems)
  const path = join(workspace, SETTINGS_FILE)
  try {
    const text = await readOrEmpty(path)
    const before = readYaml(text)
    if (before.problems.length > 0) return notRead(before.problems)
    const isEmpty = before.value === null || before.value === undefined
    if (!isEmpty && (typeof before.value !== 'object' || Array.isArray(before.value))) return notRead([NOT_A_MAP])
    const next = edit(text)
    if (next === text) return { ok: true, value: null }
    const after = parseSettings(next)
    if (!after.ok) return notRead(after.problems)
    await writeAtomic(path, next)
    return { ok: true, value: null }
  } catch (error) {
    const message = `${SETTINGS_FILE} could not be changed. ${describeFileError(error)}`
    return { ok: false, kind: 'files', message }
  }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return ''
    throw error
  }
}

const NOT_A_MAP: Problem = {
  severity: 'error',
  path: [],
  line: 1,
  column: 1,
  message: 'Keys with values are expected, such as `tiers:` and `budgets:`.',
}

function notSaved(what: string, problems: readonly Problem[]): FileResult<null> {
  const why = problems.map((problem) => formatProblem(problem, SETTINGS_FILE)).join(' ')
  return { ok: false, kind: 'invalid', message: `${what} not saved, the file is as it was. ${why}` }
}
