import { defineConfig } from '@playwright/test'
import { findChromium } from '../scripts/chromium.mjs'
import type { Options } from './fixtures.ts'

const executablePath = findChromium()
// Also for the fixtures that start a window by themselves.
if (executablePath !== undefined) process.env.CHROME_PATH = executablePath

export default defineConfig<Options>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  // A test that passes only at the second try has found something: `npm test` allows one, and prints all of the run then.
  retries: 0,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // Recording one slows every test by a third: it is done for the second try.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  // What a person was promised does not depend on where the window is. The specs that only look at what one page draws run
  // on one host: both have the same page, and a run on two processors is to stay under twelve minutes.
  projects: [
    { name: 'serve', use: { host: 'serve' } },
    {
      name: 'electron',
      use: { host: 'electron' },
      testIgnore: ['stages', 'look', 'workers', 'triage', 'changeRun', 'limits'].map((name) => `${name}.spec.ts`),
    },
  ],
})
