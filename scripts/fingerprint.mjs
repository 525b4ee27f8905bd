import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Names, sizes and times of all that something is built from; a few milliseconds.
 * @param {string} root
 * @param {{ files: readonly string[], folders: readonly string[] }} sources from the root; tests count for nothing
 */
export function fingerprint(root, { files, folders }) {
  const hash = createHash('sha256')
  for (const file of [...files, ...folders.flatMap((folder) => pathsIn(root, folder))]) {
    const stats = statSync(join(root, file))
    if (stats.isFile()) hash.update(`${file}\0${stats.size}\0${stats.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} folder
 */
function pathsIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => !/[.]test[.]tsx?$/.test(path))
    .map((path) => join(folder, path))
    .toSorted()
}
