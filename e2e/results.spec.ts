import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { expectState, launch, readLines } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '10' } })

const results = (page: Page): Locator => page.getByRole('region', { name: 'Results' })
const rows = (page: Page): Locator =>
  results(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })

test('finds, sorts and opens results', async ({ page, folders }) => {
  await launch(page, 'Triage tickets')
  await expectState(page, 'completed')
  const lines = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  const failed = lines.filter(({ status }) => status === 'failed')
  const found = results(page).getByRole('status')
  await expect(found).toHaveText('50 items')

  await test.step('by status', async () => {
    await results(page)
      .getByRole('button', { name: /^failed/ })
      .click()
    await expect(found).toHaveText(`${failed.length} items`)
    await expect(rows(page)).toHaveCount(failed.length)
    await expect(rows(page).first()).toContainText(failed[0]?.key ?? '')
  })

  await test.step('by words; a filter that leaves nothing says so and can be dropped', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('refund-status')
    await expect(results(page).getByText('No item matches')).toBeVisible()
    await results(page)
      .getByRole('button', { name: /^Drop the filter failed: 1 item/ })
      .click()
    await expect(found).toHaveText('1 item')
    await expect(rows(page)).toContainText(['10440-refund-status.txt'])
    await results(page)
      .getByRole('textbox', { name: /^Search/ })
      .fill('')
    await expect(found).toHaveText('50 items')
  })

  await test.step('by cost, the dearest first', async () => {
    await results(page).getByRole('columnheader', { name: 'Cost' }).getByRole('button').click()
    const dearest = [...lines].sort((a, b) => b.costUsd - a.costUsd)[0]
    await expect(rows(page).first()).toContainText(dearest?.key ?? '')
    await expect(results(page).getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending')
    await results(page).getByRole('columnheader', { name: '#' }).getByRole('button').click()
    await expect(rows(page).first()).toContainText('10401-charged-twice.txt')
  })

  await test.step('one item, and its neighbours by J and K', async () => {
    await rows(page).nth(1).click()
    await expect(page.getByRole('complementary', { name: 'Item 2' })).toContainText('10402-hub-offline.txt')
    await page.keyboard.press('j')
    const third = page.getByRole('complementary', { name: 'Item 3' })
    await expect(third.getByRole('article', { name: 'Stage extract' })).toBeVisible()
    await expect(rows(page).nth(2)).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await expect(page.getByRole('complementary', { name: 'Item 1' })).toContainText('10401-charged-twice.txt')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary')).toBeHidden()
  })
})

test('exports what the results say, as lines and as a table', async ({ page, folders }) => {
  await launch(page, 'Triage tickets')
  await expectState(page, 'completed')
  const lines = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  const folder = join(folders.workspace, 'results')
  const exported = (ending: string): string[] =>
    readdirSync(folder).filter((file) => file.endsWith(ending) && file !== 'triage-tickets.jsonl')

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^JSON lines/ }).click()
  await expect(page.getByText(/^50 items exported to/)).toBeVisible()
  const [jsonl = ''] = exported('.jsonl')
  expect(readLines(folders.workspace, `results/${jsonl}`)).toEqual(lines)

  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^CSV/ }).click()
  await expect.poll(() => exported('.csv').length).toBe(1)
  await expect(page.getByText(/^50 items exported to.*\.csv/)).toBeVisible()
  const table = readFileSync(join(folder, exported('.csv')[0] ?? ''), 'utf8')
  expect(table.split('\n', 1)[0]).toContain('index,key,status,')
  for (const { index, key, status } of lines) expect(table).toContain(`${index},${key},${status},`)
})
