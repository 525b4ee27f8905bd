import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { goTo, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

async function createChain(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New chain' }).click()
  const dialog = page.getByRole('dialog', { name: 'New chain' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
}

test('a new chain is valid and can be tried at once on pasted text', async ({ page }) => {
  await createChain(page, 'Sum up letters')
  await expect(page.getByText('No problems')).toBeVisible()

  await goTo(page, 'Test')
  await page.getByRole('button', { name: 'Paste an item' }).click()
  await page
    .getByRole('textbox', { name: 'Your own item' })
    .fill('The bridge over the Aare is closed until May. Buses stop at the mill instead.')
  await page.getByRole('button', { name: 'Run on this item' }).click()
  const stage = page.getByRole('article', { name: 'Stage summary' })
  await expect(stage.getByRole('img', { name: 'succeeded' })).toBeVisible({ timeout: 15_000 })
  await expect(stage).toContainText('The bridge over the Aare is closed until May.')
  await expect(page.getByRole('region', { name: 'Total' })).toContainText('1 call')
})

test('chains are duplicated, renamed, deleted, and brought back', async ({ page, folders }) => {
  const files = (): readonly string[] => readdirSync(join(folders.workspace, 'chains')).sort()
  const before = files()
  const chains = page.getByRole('table')
  const menu = async (chain: string, command: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${chain}`, exact: true }).click()
    await page.getByRole('menuitem', { name: command }).click()
  }

  await menu('Review documents', 'Duplicate')
  await expect.poll(() => files().length).toBe(before.length + 1)
  const copy = page.getByRole('button', { name: /^More for Review documents.+/ })
  const name = (await copy.getAttribute('aria-label'))?.replace('More for ', '') ?? ''

  await menu(name, 'Rename…')
  const dialog = page.getByRole('dialog', { name: 'Rename the chain' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Read contracts')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(chains.getByRole('button', { name: 'Read contracts', exact: true })).toBeVisible()
  await expect.poll(() => files()).toContain('read-contracts.chain.yaml')

  await menu('Read contracts', 'Delete')
  await expect.poll(() => files()).toEqual(before)
  await expect(chains.getByRole('button', { name: 'Read contracts', exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(chains.getByRole('button', { name: 'Read contracts', exact: true })).toBeVisible()
  expect(files()).toContain('read-contracts.chain.yaml')
})

test('a broken line shows its problem at its place; the canvas keeps what could be read', async ({ page }) => {
  await openChain(page, 'Triage tickets')
  const views = page.getByRole('radiogroup')
  await views.getByText('YAML').click()
  const text = page.getByRole('textbox', { name: 'The chain as YAML' })
  await text.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('End')
  await page.keyboard.insertText('\nstages: [oops')
  await expect(
    page
      .getByRole('region', { name: 'Problems' })
      .getByText(/line \d+/)
      .first(),
  ).toBeVisible()

  await views.getByText('Canvas').click()
  await expect(page.getByRole('region', { name: 'Canvas' }).getByText('classify', { exact: true })).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByText(/The canvas shows the last version that could be read\./)
      .first(),
  ).toBeVisible()

  await page.getByRole('banner').click()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('No problems')).toBeVisible()
})

test('a change on disk shows up; two changes at once are for the person to choose from', async ({ page, folders }) => {
  const file = join(folders.workspace, 'chains/triage-tickets.chain.yaml')
  const change = (name: string): void =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*$/m, `name: ${name}`))
  await openChain(page, 'Triage tickets')
  change('From elsewhere')
  await expect(page.getByRole('banner').getByText('From elsewhere')).toBeVisible()

  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mine')
  change('Theirs')
  const banner = page.getByRole('alert').filter({ hasText: 'was changed on disk' })
  await expect(banner).toBeVisible()
  expect(readFileSync(file, 'utf8')).toContain('name: Theirs')
  await banner.getByRole('button', { name: 'Keep mine' }).click()
  await expect(banner).toBeHidden()
  await expect.poll(() => /^name: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]).toBe('Mine')
})
