// Builds what is older than its sources. `npm run build` calls it for everything.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, underNode24 } from './bootstrap.mjs'
import { bundledCommandLine } from './commandLine.mjs'
import { fingerprint } from './fingerprint.mjs'

/**
 * @typedef {'window' | 'shell'} Part
 * @type {Record<Part, { environments: readonly string[], sources: readonly string[], result: string }>}
 */
const parts = {
  window: { environments: ['client'], sources: ['renderer', 'shared'], result: 'dist/renderer/index.html' },
  shell: {
    environments: ['main', 'preload'],
    sources: ['electron', 'app', 'shared'],
    result: 'dist/electron/main.js',
  },
}

/**
 * @param {readonly Part[]} wanted
 * @returns {Promise<readonly Part[]>} those that had to be built
 */
export async function build(wanted) {
  const before = wanted.map((part) => ({ part, print: printOf(part) }))
  const stale = before.filter(({ part, print }) => !isBuilt(part, print))
  if (stale.length === 0) return []
  const { createBuilder } = await import('vite')
  const builder = await createBuilder({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  for (const { part, print } of stale) {
    for (const name of parts[part].environments) {
      const environment = builder.environments[name]
      if (environment === undefined) throw new Error(`vite.config.ts has no environment ${name}`)
      await builder.build(environment)
    }
    // Taken before the build: what was saved meanwhile is built the next time.
    writeFileSync(stamp(part), print)
  }
  return stale.map(({ part }) => part)
}

/** @param {Part} part */
function printOf(part) {
  return fingerprint(root, { files: ['vite.config.ts', 'package-lock.json'], folders: parts[part].sources })
}

/** @param {Part} part */
function stamp(part) {
  return join(root, 'dist', `${part}.stamp`)
}

/**
 * @param {Part} part
 * @param {string} print
 */
function isBuilt(part, print) {
  const isThere = existsSync(join(root, parts[part].result)) && existsSync(stamp(part))
  return isThere && readFileSync(stamp(part), 'utf8') === print
}

if (process.argv[1] === import.meta.filename) {
  await underNode24()
  await build(['window', 'shell'])
  if (bundledCommandLine(root, { stderr: 'inherit' }) === null) throw new Error('The command line was not built.')
}
