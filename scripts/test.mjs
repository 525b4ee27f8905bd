// `npm test`: every check of the project. Goes on after a failure; the last line is the sum.

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { root, underNode24 } from './bootstrap.mjs'

await underNode24()

const { findOrInstallChromium } = await import('./chromium.mjs')
const { countsOf, staticChecks, testRuns } = await import('./checks.mjs')

const LONGEST_MS = 10 * 60 * 1000
const total = { passed: 0, failed: 0 }

process.env.CHROME_PATH = findOrInstallChromium() ?? ''
await inLanes(staticChecks, Math.min(4, availableParallelism()))
await inLanes(testRuns, 1)

console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

/**
 * @param {readonly import('./checks.mjs').Check[]} checks
 * @param {number} lanes
 */
async function inLanes(checks, lanes) {
  const waiting = [...checks]
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await run(check)
  }
  await Promise.all(Array.from({ length: lanes }, work))
}

/** @param {import('./checks.mjs').Check} check */
async function run(check) {
  if (check.report !== undefined) rmSync(check.report.file, { force: true })
  const start = performance.now()
  const { code, output } = await capture(check)
  const { passed, failed } = countsOf(check, code === 0)
  total.passed += passed
  total.failed += failed
  const seconds = `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8)
  const tests = check.report === undefined ? '' : `  ${passed} passed, ${failed} failed`
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${seconds}  ${check.name}${tests}`)
  const hasFlaky = /^ +\d+ flaky$/m.test(output)
  if (code !== 0 || hasFlaky) console.log(output.trimEnd())
}

/**
 * @param {import('./checks.mjs').Check} check
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function capture({ command: [program = '', ...args], report }) {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', CI: '1', ...report?.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    timeout: LONGEST_MS,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, output: error.message }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
