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
  // More than processors: most of a test is waiting for what a run or a page does.
  fullyParallel: true,
  workers: 4,
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
  // Both hosts have the same page and the same engine. On the desktop runs what is about its window, its bridge and its
  // system, and the main job from end to end; everything that one page draws and does is looked at once.
  projects: [
    { name: 'serve', use: { host: 'serve' } },
    {
      name: 'electron',
      use: { host: 'electron' },
      testMatch: ['shell', 'quit', 'notices', 'mainJob', 'interrupted', 'launch', 'newChain'].map(
        (name) => `${name}.spec.ts`,
      ),
    },
  ],
})
