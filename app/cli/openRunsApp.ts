import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../index.ts'
import { openApp } from './openApp.ts'
import { Refusal } from './refusal.ts'
import { workspaceHere } from './workspaceFolder.ts'

/** Opens the workspace of a command that is about an earlier run; refuses a folder that never had one. */
export async function openRunsApp(toldWorkspace: string | undefined): Promise<App> {
  const workspace = workspaceHere(toldWorkspace, process.cwd())
  if (!existsSync(join(workspace, '.jacquard')))
    throw new Refusal(`There are no runs in ${workspace}: name their workspace with --workspace DIR.`)
  return openApp({ workspace, host: 'cli' })
}
