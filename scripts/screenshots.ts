import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from './chromium.mjs'

/** Takes the pictures of README and docs from the real app on the example workspace: `npm run screenshots`. */

const root = join(import.meta.dirname, '..')
const images = join(root, 'docs/images')
const isExample = (path: string): boolean => !['.jacquard', 'results'].includes(basename(path))
mkdirSync(images, { recursive: true })

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
try {
  for (const scheme of ['light', 'dark'] as const) await takeAll(scheme)
} finally {
  await browser.close()
}

/** In a workspace of its own: what one round has asked would be answered from memory in the next. */
async function takeAll(scheme: 'light' | 'dark'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jacquard-screenshots-'))
  const workspace = join(folder, 'examples')
  cpSync(join(root, 'examples/workspace'), workspace, { recursive: true, filter: isExample })
  const serve = spawn(
    process.execPath,
    [join(root, 'scripts/jacquard.mjs'), 'serve', '--workspace', workspace, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HOME: folder } },
  )
  try {
    const viewport = { width: 1440, height: 900 }
    const context = await browser.newContext({ viewport, colorScheme: scheme })
    const page = await context.newPage()
    await page.goto(await addressOf(serve.stdout))
    await takeTour(page, scheme)
    await context.close()
  } finally {
    serve.kill('SIGTERM')
    await new Promise((resolve) => serve.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const match = /http:\S+/.exec(line)
    if (match !== null) return match[0]
  }
  throw new Error('jacquard serve gave no address.')
}

async function takeTour(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  const shoot = async (name: string) => {
    await page.mouse.move(720, 899)
    await page.waitForTimeout(600)
    await page.screenshot({ path: join(images, `${name}-${scheme}.png`) })
  }
  const go = (name: string) => page.getByRole('banner').getByRole('button', { name, exact: true }).click()

  await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
  await page.getByRole('main').getByText('Triage tickets', { exact: true }).click()
  await go('Build')
  await page.locator('.react-flow__node[data-id="classify"]').click()
  await shoot('build')

  await go('Test')
  await page.getByRole('button', { name: 'Run on this item' }).click()
  const last = page.getByRole('article', { name: 'Stage draft' })
  await last.getByRole('img', { name: 'succeeded' }).waitFor({ timeout: 30_000 })
  await shoot('test')

  await go('Launch')
  await page.getByRole('button', { name: /^Launch 50 items/ }).waitFor()
  await page.getByText(/^Rough: nothing was tried yet/).waitFor()
  await shoot('launch')
  await page.getByRole('button', { name: /^Try 10 items first/ }).click()
  await page.getByText(/^From 10 tried items/).waitFor({ timeout: 60_000 })
  await shoot('estimate')
  await page.getByRole('button', { name: /^Launch 50 items/ }).click()
  await page.waitForTimeout(7000)
  await shoot('run')

  await page.getByText(/completed$/).waitFor({ timeout: 60_000 })
  await page.getByText('10407-smell-of-burning.txt').first().click()
  await shoot('results')
  await page.keyboard.press('Escape')

  await go('Compare')
  for (const tier of ['local', 'standard', 'frontier']) await page.getByRole('checkbox', { name: tier }).click()
  await page.getByRole('main').getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('region', { name: 'Recommendation' }).waitFor({ timeout: 90_000 })
  await shoot('compare')
  await page.getByText('Blind duel', { exact: true }).click()
  await page.getByRole('button', { name: 'Begin the duel' }).click()
  await shoot('duel')

  const open = async (chain: string) => {
    await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
    await page.getByRole('main').getByText(chain, { exact: true }).click()
    await go('Build')
  }
  await open('Digest documents')
  await shoot('map')
  await open('Themes of the week')
  await go('Launch')
  await page.getByRole('button', { name: /^Launch 50 items/ }).click()
  await page.getByText(/completed$/).waitFor({ timeout: 60_000 })
  await shoot('lanes')
}
