// Finds a Chromium for the end-to-end tests.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

/** The shell without a window's furniture stands first: what a test waits for comes a fifth sooner in it. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** @returns {string | undefined} `CHROME_PATH`, Playwright's own, or the system's */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [
    process.env.CHROME_PATH,
    chromium.executablePath(),
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
}

/**
 * Finds one, or installs it: from Debian's packages where that is possible, else by Playwright.
 * @returns {string | undefined}
 */
export function findOrInstallChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  console.log('Installing Chromium for the end-to-end tests (once) …')
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0
  const steps = isDebianRoot
    ? [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium-headless-shell'],
      ]
    : [['playwright', 'install', 'chromium']]
  for (const [program = '', ...args] of steps) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const done = spawnSync(program, args, { encoding: 'utf8', env, shell: process.platform === 'win32' })
    if (done.status !== 0) console.log(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`)
  }
  return findChromium()
}
