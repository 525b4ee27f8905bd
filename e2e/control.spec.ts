import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import {
  countsOf,
  expectSomeDone,
  expectState,
  expectSum,
  goTo,
  launch,
  openChain,
  readLines,
  runBar,
} from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '4' } })

test('pauses, says what is kept, and goes on at another concurrency', async ({ page }) => {
  await launch(page, 'Triage tickets')
  await page.getByRole('button', { name: 'Items at once: 8. Change' }).click()
  await page.getByRole('textbox', { name: 'Items at once' }).fill('3')
  await expect(page.getByRole('button', { name: 'Items at once: 3. Change' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expectSomeDone(page)

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expectState(page, 'paused')
  await expect(page.getByRole('status').filter({ hasText: 'Paused.' })).toContainText(
    /\d+ finished and kept, \d+ left\. Resume goes on where it stands\./,
  )
  await expectSum(page, 50)
  const { waiting = 0, running = 0, succeeded = 0 } = await countsOf(page)
  expect(running).toBe(0)
  expect(waiting).toBeGreaterThan(0)

  await page.getByRole('button', { name: `Resume ${waiting} items` }).click()
  await page.getByRole('button', { name: 'Items at once: 3. Change' }).click()
  await page.getByRole('checkbox', { name: 'No limit' }).check()
  await expectState(page, 'completed')
  await expectSum(page, 50)
  expect((await countsOf(page)).succeeded).toBeGreaterThan(succeeded)
})

test('cancels, and keeps what is finished', async ({ page, folders }) => {
  await launch(page, 'Triage tickets')
  await expectSomeDone(page)
  await page.getByRole('button', { name: 'Other ways to stop' }).click()
  await page.getByRole('menuitem', { name: /^Cancel/ }).click()
  await expectState(page, 'cancelled')
  await expect(page.getByRole('status').filter({ hasText: 'Cancelled.' })).toContainText('finished and kept')
  await expectSum(page, 50)

  const counts = await countsOf(page)
  expect(counts.cancelled).toBeGreaterThan(0)
  const lines = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  expect(lines.length).toBe(50)
  for (const status of ['succeeded', 'cancelled'] as const)
    expect(lines.filter((line) => line.status === status).length).toBe(counts[status])
})

test('asks only what failed again', async ({ page, folders }) => {
  await launch(page, 'Triage tickets')
  await expectState(page, 'completed')
  const before = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  const failed = before.filter(({ status }) => status === 'failed')
  expect(failed.map(({ key }) => key)).toContain('10427-empty.txt')

  writeFileSync(
    join(folders.workspace, 'inputs/tickets/10427-empty.txt'),
    'From: Ada Lind\nSubject: Hub\n\nMy hub is offline since Monday. Order NL-48211.\n',
  )
  await page.getByRole('button', { name: `Retry ${failed.length} failed` }).click()
  await expect(runBar(page)).toHaveAccessibleName(`${50 - failed.length + 1} succeeded, ${failed.length - 1} failed`)
  await expectState(page, 'completed')
  const after = readLines(folders.workspace, 'results/triage-tickets.jsonl')
  expect(after.find(({ key }) => key === '10427-empty.txt')?.status).toBe('succeeded')
  const untouched = before.filter(({ status }) => status !== 'failed')
  expect(after).toEqual(expect.arrayContaining([...untouched]))
})

test('stands still when the budget is used up, and goes on with a higher one', async ({ page }) => {
  await openChain(page, 'Triage tickets')
  await goTo(page, 'Launch')
  await page.getByRole('textbox', { name: 'Budget' }).fill('0.02')
  await page.getByRole('button', { name: 'Launch 50 items' }).click()
  await expect(page.getByText('Paused: the budget is used up.')).toBeVisible({ timeout: 20_000 })
  await expectSum(page, 50)

  const budget = page.getByRole('textbox', { name: 'Raise the budget to' })
  const resume = page.getByRole('button', { name: 'Resume', exact: true })
  await expect(budget).toHaveValue('$0.04')
  await budget.fill('0.01')
  await expect(resume).toBeDisabled()
  await budget.fill('2')
  await resume.click()
  await expectState(page, 'completed')
  await expect(page.getByText('of $2.00')).toBeVisible()
  await expectSum(page, 50)
})
