import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'

const sources = { files: ['package-lock.json', 'scripts/bundleCommandLine.mjs'], folders: ['app', 'shared'] }

/** Programs that still run from an older bundle load parts of it later, so that some are kept. */
const KEPT = 8

/**
 * The file of the command line to start: of a bundle of these very sources, made where there is none yet (half a second).
 * Its folder bears the fingerprint of the sources in its name, so that what is found is never too old and never half
 * written. Sources that cannot be bundled, as one of them is broken or nothing can be written here, run as they are.
 * @param {string} root
 */
export function commandLine(root) {
  return bundledCommandLine(root) ?? join(root, 'app', 'cli', 'main.ts')
}

/**
 * @param {string} root
 * @param {{ stderr?: 'inherit' | 'ignore' }} [options]
 * @returns {string | null} nothing where it could not be made
 */
export function bundledCommandLine(root, { stderr = 'ignore' } = {}) {
  const print = fingerprint(root, sources)
  const folder = join(root, 'dist', `cli-${print.slice(0, 16)}`)
  const main = join(folder, 'main.js')
  if (existsSync(main)) return main
  const unfinished = `${folder}.${process.pid}`
  try {
    // Whatever Node runs this script, the one first on the path can run the bundler.
    const script = join(import.meta.dirname, 'bundleCommandLine.mjs')
    const { status } = spawnSync('node', [script, root, unfinished], { stdio: ['ignore', 'ignore', stderr] })
    // What was saved meanwhile may be in it or not.
    const isGood = status === 0 && fingerprint(root, sources) === print && isMoved(unfinished, folder)
    if (isGood) removeOld(root)
    return isGood ? main : null
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/**
 * Another process may have been faster: its bundle is as good.
 * @param {string} unfinished
 * @param {string} folder
 */
function isMoved(unfinished, folder) {
  try {
    renameSync(unfinished, folder)
    return true
  } catch {
    return existsSync(join(folder, 'main.js'))
  }
}

/** @param {string} root */
function removeOld(root) {
  const dist = join(root, 'dist')
  const found = readdirSync(dist)
    .filter((name) => /^cli-[0-9a-f]{16}$/.test(name))
    .map((name) => ({ name, madeAt: statSync(join(dist, name)).mtimeMs }))
    .toSorted((a, b) => b.madeAt - a.madeAt)
  for (const { name } of found.slice(KEPT)) rmSync(join(dist, name), { recursive: true, force: true })
}
