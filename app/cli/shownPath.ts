import { isAbsolute, relative, resolve } from 'node:path'

/** A path as a person in `currentFolder` would write it; one that lies outside stays absolute. */
export function shownPath(path: string, currentFolder: string): string {
  const inside = relative(currentFolder, path)
  if (inside === '') return '.'
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside
}

/** A path that the application gives from the workspace's root (or absolute), as a person here would write it. */
export function shownWorkspacePath(path: string, workspace: string, currentFolder: string): string {
  return shownPath(resolve(workspace, path), currentFolder)
}

/** A word of a command that can be copied into a shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
