import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BudgetLimits } from '../../shared/budgets.ts'
import { editBudgets } from './editBudgets.ts'
import { SETTINGS_FILE } from './settingsFile.ts'
import { writeSettings } from './writeSettings.ts'

const writeBudgets = (workspace: string, budgets: BudgetLimits) =>
  writeSettings(workspace, { what: 'The budgets were', edit: (text) => editBudgets(text, budgets) })

let workspace = ''
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'jacquard-budgets-'))
})
afterEach(() => rm(workspace, { recursive: true }))

async function refusalOf(text: string): Promise<string> {
  const file = join(workspace, SETTINGS_FILE)
  await writeFile(file, text)
  const written = await writeBudgets(workspace, { dayUsd: 20, runUsd: null })
  expect(await readFile(file, 'utf8')).toBe(text)
  return written.ok ? 'it was written' : `${written.kind}: ${written.message}`
}

describe('writing the budgets to jacquard.yaml', () => {
  it('makes the file where it is missing, and leaves nothing else behind', async () => {
    expect(await writeBudgets(workspace, { dayUsd: 20, runUsd: 5 })).toEqual({ ok: true, value: null })
    expect(await readFile(join(workspace, SETTINGS_FILE), 'utf8')).toBe('budgets:\n  dayUsd: 20\n  runUsd: 5\n')
    expect(await readdir(workspace)).toEqual([SETTINGS_FILE])
  })

  it('makes no file for no budgets', async () => {
    expect(await writeBudgets(workspace, { dayUsd: null, runUsd: null })).toMatchObject({ ok: true })
    expect(await readdir(workspace)).toEqual([])
  })

  it('leaves a file alone that is not YAML, and says where', async () => {
    expect(await refusalOf('tiers: {a: 1\n')).toMatch(
      /^invalid: The budgets were not saved, the file is as it was\. jacquard\.yaml:\d+:\d+ This is not valid YAML/,
    )
    expect(await refusalOf('- a list\n')).toContain('jacquard.yaml:1:1 Keys with values are expected')
  })

  it('leaves a file alone that would not be read afterwards', async () => {
    expect(await refusalOf('tier:\n  local: {}\n')).toContain(
      'jacquard.yaml:1:1 tier: Unknown key `tier`; did you mean `tiers`?',
    )
  })

  it('mends budgets that were wrong', async () => {
    await writeFile(join(workspace, SETTINGS_FILE), 'budgets:\n  dayUsd: lots\n')
    expect(await writeBudgets(workspace, { dayUsd: 20, runUsd: null })).toMatchObject({ ok: true })
    expect(await readFile(join(workspace, SETTINGS_FILE), 'utf8')).toBe('budgets:\n  dayUsd: 20\n')
  })

  it('says that the file cannot be written where it is a folder', async () => {
    await mkdir(join(workspace, SETTINGS_FILE))
    expect(await writeBudgets(workspace, { dayUsd: 20, runUsd: null })).toEqual({
      ok: false,
      kind: 'files',
      message: 'jacquard.yaml could not be changed. It is a folder, not a file.',
    })
  })
})
