import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** A path of a chain or a request as an absolute one: from the workspace's root, or absolute as it stands. */
export function fromWorkspace(workspace: string, path: string): string {
  return isAbsolute(path) ? path : resolve(workspace, path)
}

/** How a path is shown and stored: from the workspace's root with `/` where it lies inside, else absolute. */
export function toWorkspace(workspace: string, path: string): string {
  const inside = relative(workspace, path)
  return isOutside(inside) ? path : inside.split(sep).join('/')
}

/** Whether a path, links followed, lies in a folder. A path that does not exist yet is judged by its nearest folder. */
export async function isInside(folder: string, path: string): Promise<boolean> {
  return !isOutside(relative(await realpath(folder), await realExisting(path)))
}

/** An absolute path for a file that must stay in the workspace (chains, uploads); null: it would leave it. */
export async function insideWorkspace(workspace: string, path: string): Promise<string | null> {
  if (isAbsolute(path)) return null
  const absolute = resolve(workspace, path)
  return (await isInside(workspace, absolute)) ? absolute : null
}

async function realExisting(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const parent = dirname(path)
    if (parent === path || !(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return join(await realExisting(parent), path.slice(parent.length + (parent.endsWith(sep) ? 0 : 1)))
  }
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
}
