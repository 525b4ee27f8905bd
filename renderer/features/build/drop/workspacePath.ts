/** A path from the workspace's root with `/`, where it lies within; otherwise as it is. */
export function workspacePath(path: string, workspace: string | null): string {
  const written = path.replaceAll('\\', '/')
  const root = workspace?.replaceAll('\\', '/').replace(/\/$/, '')
  return root !== undefined && written.startsWith(`${root}/`) ? written.slice(root.length + 1) : written
}
