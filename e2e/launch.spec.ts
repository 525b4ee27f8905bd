import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { expectState, goTo, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

const ROWS = ['Anvil GmbH', 'Birch AS', 'Comet Ltd', 'Dune SA', 'Elm Oy', 'Fjord ApS', 'Grove Inc']

async function chooseTier(page: Page, stage: string, tier: string): Promise<void> {
  const name = `Tier of ${stage}`
  await page.getByRole('combobox', { name }).click()
  await page.getByRole('listbox', { name }).getByRole('option', { name: tier }).click()
}

test('launches over another file, with other params, tiers, limit and results file', async ({
  page,
  workshop,
  folders,
}) => {
  const table = join(folders.workspace, 'inputs/prospects.csv')
  const rows = ROWS.map((name, index) => `${name},https://firm${index}.example,Norway,${index + 4},Runs delivery vans`)
  writeFileSync(table, `company,website,country,employees,description\n${rows.join('\n')}\n`)
  await openChain(page, 'Enrich companies')
  await goTo(page, 'Launch')

  await workshop.desktop?.answerDialog('showOpenDialog', { canceled: false, filePaths: [table] })
  await page.getByRole('button', { name: 'File…' }).click()
  if (workshop.desktop === null) {
    const picker = page.getByRole('dialog', { name: 'Choose a file of items' })
    await picker.getByRole('button', { name: 'inputs', exact: true }).click()
    await picker.getByRole('button', { name: /prospects\.csv/ }).click()
  }
  const items = page.getByRole('region', { name: 'Items' })
  await expect(items.getByText('7 items · for this launch')).toBeVisible()
  await expect(items.getByRole('listitem').first()).toContainText('Anvil GmbH')

  await page.getByRole('textbox', { name: 'profile' }).fill('We sell snow chains.')
  await chooseTier(page, 'score', 'frontier')
  await page.getByRole('textbox', { name: 'Only the first' }).fill('5')
  await page.getByRole('textbox', { name: 'Written to' }).fill('results/prospects.csv')
  await page.getByRole('button', { name: 'Launch 5 items' }).click()

  await expectState(page, 'completed')
  await expect(page.getByRole('main').getByText('= 5')).toBeVisible()
  const [header, ...lines] = readFileSync(join(folders.workspace, 'results/prospects.csv'), 'utf8')
    .trimEnd()
    .split('\n')
  expect(header).toContain('index,key,status,company,website,country')
  expect(lines.length).toBe(5)
  for (const [index, line] of lines.entries()) expect(line).toContain(`succeeded,${ROWS[index]}`)

  await page.getByRole('grid', { name: 'Results' }).getByText('Comet Ltd', { exact: true }).click()
  const score = page.getByRole('complementary', { name: 'Item 3' }).getByRole('article', { name: 'Stage score' })
  await expect(score.getByText('frontier', { exact: true })).toBeVisible()
  await score.getByText('Prompt as sent').click()
  await expect(score.getByText('We sell snow chains.')).toBeVisible()
})

test('shows before the launch which file cannot be read, and why', async ({ page }) => {
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  const items = page.getByRole('region', { name: 'Items' })
  await expect(items.getByText('50 items · 1 cannot be read and will fail')).toBeVisible()
  await expect(items.getByRole('listitem').first()).toContainText('10427-empty.txt')
  await expect(items.getByRole('listitem').first()).toContainText('The file is empty: it holds no text.')
})

test('does not launch a chain with an error, and leads to its place', async ({ page, folders }) => {
  const file = join(folders.workspace, 'chains/triage-tickets.chain.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('{{ item.text }}', '{{ itm.text }}'))
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  await expect(page.getByRole('button', { name: /^Launch/ }).last()).toBeDisabled()
  await expect(page.getByText(/^The chain has \d+ errors?\.$/)).toBeVisible()

  await page
    .getByRole('main')
    .getByRole('button', { name: /itm.*stages\.classify/ })
    .click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Prompt' })).toContainText('itm.text')
})

test('launches on tiers that are ready where the drawn one is not', async ({ page, folders }) => {
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  const launch = page.getByRole('button', { name: 'Launch 50 items' })
  await expect(launch).toBeEnabled()
  writeFileSync(
    join(folders.workspace, 'jacquard.yaml'),
    'tiers:\n  standard: { backend: anthropic, model: claude-sonnet-4-5 }\n',
  )
  await expect(launch).toBeDisabled()
  await expect(page.getByText('ANTHROPIC_API_KEY').first()).toBeVisible()

  for (const stage of ['classify', 'draft']) await chooseTier(page, stage, 'frontier')
  await expect(launch).toBeEnabled()
  await page.getByRole('textbox', { name: 'Only the first' }).fill('3')
  await page.getByRole('button', { name: 'Launch 3 items' }).click()
  await expectState(page, 'completed')
})
