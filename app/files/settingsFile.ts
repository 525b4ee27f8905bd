import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BudgetLimits, budgetSettings } from '../../shared/budgets.ts'
import type { Problem } from '../../shared/problem.ts'
import { type Settings, settings as settingsSchema, tierBinding } from '../../shared/tier.ts'
import { readYaml, schemaProblems, type YamlPath } from '../../shared/yamlProblems.ts'

/** In the workspace's root. It holds no secret: keys come from the environment, and from no `.env` file either. */
export const SETTINGS_FILE = 'jacquard.yaml'

export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings; readonly text: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads the workspace's settings. A workspace without the file has none, which is fine. */
export async function readSettings(workspace: string): Promise<SettingsRead> {
  let text: string
  try {
    text = await readFile(join(workspace, SETTINGS_FILE), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENOENT') return { ok: true, settings: {}, text: '' }
    return { ok: false, problems: [unreadable(`The file cannot be read (${code}).`)] }
  }
  return parseSettings(text)
}

/** Never touches the disk: what a text would say as the workspace's settings. */
export function parseSettings(text: string): SettingsRead {
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems }
  const parsed = settingsSchema.safeParse(withoutEmptyParts(yaml.value ?? {}))
  if (parsed.success) return { ok: true, settings: parsed.data, text }
  return { ok: false, problems: schemaProblems(yaml, parsed.error, { keysAt: knownKeys, choices: [] }) }
}

/** `tiers:` or `budgets:` with nothing left under it, as when each line was commented out. */
function withoutEmptyParts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).filter(([key, part]) => part !== null || !Object.hasOwn(settingsSchema.shape, key)),
  )
}

/** The budgets that settings ask for. */
export function budgetsOf({ budgets }: Settings): BudgetLimits {
  return { dayUsd: budgets?.dayUsd ?? null, runUsd: budgets?.runUsd ?? null }
}

function knownKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) return Object.keys(settingsSchema.shape)
  if (path[0] === 'budgets') return Object.keys(budgetSettings.shape)
  if (path.length === 2) return Object.keys(tierBinding.shape)
  return Object.keys(tierBinding.shape.price.unwrap().shape)
}

function unreadable(message: string): Problem {
  return { severity: 'error', path: [], line: null, column: null, message }
}
