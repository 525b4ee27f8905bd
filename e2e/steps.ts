import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import type { ResultLine } from '../shared/trace.ts'
import { expect } from './fixtures.ts'

/** Opens a screen by its tab. */
export async function goTo(
  page: Page,
  name: 'Build' | 'Test' | 'Compare' | 'Launch' | 'Run' | 'Workers' | 'Runs' | 'Settings',
): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name, exact: true }).click()
}

export async function openChain(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
}

/** From the list of chains to the run of one over its own source, which is then on the screen. */
export async function launch(page: Page, chain: string): Promise<void> {
  await openChain(page, chain)
  await goTo(page, 'Launch')
  await page.getByRole('button', { name: /^Launch \d+ items/ }).click()
  await expect(runBar(page)).toBeVisible()
}

/** The open run's bar; it says how many items stand where. */
export function runBar(page: Page): Locator {
  return page.getByRole('main').getByRole('img', { name: /^\d+ (succeeded|failed|skipped|cancelled|running|waiting)/ })
}

export async function expectSomeDone(page: Page): Promise<void> {
  await expect(runBar(page)).toHaveAccessibleName(/^\d+ succeeded/)
}

export async function expectState(page: Page, state: 'completed' | 'paused' | 'cancelled'): Promise<void> {
  await expect(page.getByRole('main').getByText(state, { exact: true }).first()).toBeVisible({ timeout: 20_000 })
}

/** Items by where they stand, as the run's bar says them: `{ succeeded: 46, failed: 4 }`. */
export async function countsOf(page: Page): Promise<Readonly<Record<string, number>>> {
  const label = (await runBar(page).getAttribute('aria-label')) ?? ''
  return Object.fromEntries(label.split(', ').map((part) => [part.split(' ')[1] ?? '', Number(part.split(' ')[0])]))
}

export async function expectSum(page: Page, items: number): Promise<void> {
  const sum = Object.values(await countsOf(page)).reduce((sum, count) => sum + count, 0)
  expect(sum).toBe(items)
}

/** A JSONL file of results. */
export function readLines(workspace: string, file: string): readonly ResultLine[] {
  const text = readFileSync(join(workspace, file), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ResultLine)
}

/** Nothing on the page as it stands is out of reach for somebody: seriously or critically, by axe. */
export async function expectUsableByAll(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)).toEqual([])
}
