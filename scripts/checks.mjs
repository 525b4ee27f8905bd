// Every check of the project, each a command that also runs alone: `npm run lint`, `npm run typecheck`, …

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './bootstrap.mjs'

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly string[]} command
 * @property {{ file: string, env: Record<string, string>, count: (report: any) => Counts }} [report]
 *   of a check that holds many tests: the JSON that it writes, and how to count in it
 * @typedef {{ passed: number, failed: number }} Counts
 */

const typedFolders = ['shared', 'app/core', 'app', 'electron', 'renderer', 'e2e', 'bench', 'scripts', '.']

/** @param {string} name */
const reportFile = (name) => join(root, 'node_modules', '.cache', 'jacquard', `${name}.json`)

/**
 * The compiler that is six times as fast. `typescript` itself, which has the same program's name, stays at the version that
 * lint and layers can read (docs/decisions/0014).
 */
const tsc = ['node', join(dirname(createRequire(import.meta.url).resolve('typescript-native/package.json')), 'bin/tsc')]

/** @type {readonly Check[]} */
export const typeChecks = [
  ...typedFolders.map((folder) => ({
    name: folder === '.' ? 'types of the configuration' : `types of ${folder}`,
    command: [...tsc, '-p', folder],
  })),
  { name: 'types of the tests', command: [...tsc, '-p', 'tsconfig.test.json'] },
]

/** They need nothing built, and run side by side. The longest stand first. @type {readonly Check[]} */
export const staticChecks = [
  { name: 'lint', command: ['eslint', '.'] },
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  ...typeChecks,
  { name: 'format', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'layers', command: ['depcruise', 'shared', 'app', 'electron', 'renderer', 'e2e', 'bench', 'scripts'] },
  { name: 'unused code', command: ['knip'] },
]

/** They use both processors, so each runs alone. @type {readonly Check[]} */
export const testRuns = [
  {
    name: 'unit tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile('unit')}`],
    report: {
      file: reportFile('unit'),
      env: {},
      count: ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
    },
  },
  {
    name: 'end-to-end tests',
    // A busy machine can keep a window waiting: here a test gets a second try, and one that needed it is shown (test.mjs).
    command: ['playwright', 'test', '--config', 'e2e', '--retries=1', '--reporter=dot,json'],
    report: {
      file: reportFile('e2e'),
      // Playwright colours its workers' output by itself and Node warns of both.
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile('e2e'), NO_COLOR: '' },
      count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
    },
  },
]

/**
 * What a finished check adds to the sum. One that failed counts at least one failure, whatever its report says.
 * @param {Check} check
 * @param {boolean} isGood
 * @returns {Counts}
 */
export function countsOf({ report }, isGood) {
  if (report === undefined || !existsSync(report.file))
    return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const { passed, failed } = report.count(JSON.parse(readFileSync(report.file, 'utf8')))
  return { passed, failed: isGood ? failed : Math.max(failed, 1) }
}
