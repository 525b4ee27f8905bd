import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The nearest folder from `folder` upwards that holds `jacquard.yaml` or `.jacquard/`; null: there is none. */
export function workspaceAbove(folder: string): string | null {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(join(here, 'jacquard.yaml')) || existsSync(join(here, '.jacquard'))) return here
    if (dirname(here) === here) return null
  }
}

/** The workspace of a command that names no chain: as told, else the nearest above the current folder, else that one. */
export function workspaceHere(told: string | undefined, currentFolder: string): string {
  return told === undefined ? (workspaceAbove(currentFolder) ?? currentFolder) : resolve(currentFolder, told)
}

/** The workspace of a chain file: as told, else the nearest above the file, else the file's own folder. */
export function workspaceOfChain(told: string | undefined, chainPath: string): string {
  return told === undefined ? (workspaceAbove(dirname(chainPath)) ?? dirname(chainPath)) : resolve(told)
}
