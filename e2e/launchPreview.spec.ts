import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { expectState, expectUsableByAll, goTo, openChain } from './steps.ts'

test.use({ env: { JACQUARD_SIMULATED_SPEED: '50' } })

const NOTES = Array.from({ length: 50 }, (_, index) => `Note ${index + 1}: the courier left parcel ${index + 1}.`)
const CHAIN = `jacquard: 1
name: Shorten notes
source: { lines: inputs/notes.txt }
stages:
  short: { kind: model, tier: standard, prompt: "Shorten: {{ item.text }}" }
`

function withNotes(workspace: string): void {
  writeFileSync(join(workspace, 'inputs/notes.txt'), `${NOTES.join('\n')}\n`)
  writeFileSync(join(workspace, 'chains/shorten.chain.yaml'), CHAIN)
}

test('a launch says what it will ask for, and a second one that memory has it all', async ({ page, folders }) => {
  withNotes(folders.workspace)
  await openChain(page, 'Shorten notes')
  await goTo(page, 'Launch')
  const plan = page.getByRole('main')
  await expect(plan.getByText(/^50 calls, about \$0\.\d+ of play money$/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Only the first' }).fill('7')
  await expect(plan.getByText(/^7 calls, /)).toBeVisible()
  await page.getByRole('textbox', { name: 'Only the first' }).fill('')
  await page.getByRole('button', { name: /^Launch 50 items · ≈ \$0\.\d+ play money/ }).click()
  await expectState(page, 'completed')

  await goTo(page, 'Launch')
  await expect(plan.getByText('no calls, 50 from memory, costs nothing')).toBeVisible()
  await expect(plan.getByText(/^Memory saves \$0\.\d+ of play money$/)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Use answers from memory' }).uncheck()
  await expect(plan.getByText(/^50 calls, about \$0\.\d+ of play money$/)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Use answers from memory' }).check()
  await page.getByRole('button', { name: /^Launch 50 items · \$0/ }).click()
  await expectState(page, 'completed')

  await goTo(page, 'Runs')
  const newest = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()
  await expect(newest).toContainText('$0 play money')
  await expect(newest).toContainText(/\$0\.\d+ saved/)
})

test('budgets are kept in jacquard.yaml, and a launch says where one will end it', async ({ page, folders }) => {
  withNotes(folders.workspace)
  const file = join(folders.workspace, 'jacquard.yaml')
  const text =
    '# Ours\ntiers:\n  # two at once\n  local:    { backend: simulated, model: simulated-local, concurrency: 2 }\n'
  writeFileSync(file, text)
  await goTo(page, 'Settings')
  await page.getByRole('textbox', { name: 'A run' }).fill('5')
  await page.getByRole('textbox', { name: 'A run' }).press('Enter')
  await page.getByRole('textbox', { name: 'A day' }).fill('0.001')
  await page.getByRole('heading', { name: 'Budgets' }).click()
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(`${text}\nbudgets:\n  runUsd: 5\n  dayUsd: 0.001\n`)
  await expect(page.getByRole('region', { name: 'Budgets' })).toContainText('Spent today')

  await page.getByRole('button', { name: 'Jacquard: all chains' }).click()
  await openChain(page, 'Shorten notes')
  await goTo(page, 'Launch')
  await expect(page.getByRole('textbox', { name: 'Budget' })).toHaveAttribute('placeholder', '$5 (Settings)')
  const plan = page.getByRole('main')
  await expect(plan.getByText("$0.0010 of today's $0.0010 is left: the run will pause on the way.")).toBeVisible()
  await page.getByText('Tripwires', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'Failures in a row for the same cause' }).uncheck()
  await expect(page.getByText('Tripwires (1 off)')).toBeVisible()
  await expectUsableByAll(page)

  await page.getByRole('button', { name: /^Launch 50 items/ }).click()
  await expectState(page, 'paused')
  await goTo(page, 'Runs')
  const row = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()
  await expect(row).toContainText("day's budget")
  await expect(page.getByRole('button', { name: /Shorten notes.*paused: day's budget/ })).toBeVisible()
})

test('a file of settings that is not YAML is left alone, and the person told where', async ({ page, folders }) => {
  const file = join(folders.workspace, 'jacquard.yaml')
  writeFileSync(file, 'tiers: {a: 1\n')
  await goTo(page, 'Settings')
  await page.getByRole('textbox', { name: 'A day' }).fill('20')
  await page.getByRole('textbox', { name: 'A day' }).press('Enter')
  await expect(page.getByText('The budgets were not saved, the file is as it was.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'A day' })).toHaveValue('$20')
  expect(readFileSync(file, 'utf8')).toBe('tiers: {a: 1\n')
})

test('a try says what it will ask for, takes what memory has, and asks again where that is wanted', async ({
  page,
  folders,
}) => {
  withNotes(folders.workspace)
  await openChain(page, 'Shorten notes')
  await goTo(page, 'Test')
  const run = page.getByRole('button', { name: 'Run on this item' })
  const total = page.getByRole('region', { name: 'Total' })
  await run.hover()
  await expect(page.getByRole('tooltip')).toContainText(/^1 call, about \$0\.\d+ of play money/)
  await run.click()
  await expect(total).toContainText('1 call')
  await run.click()
  await expect(total).toContainText('0 calls, 1 from memory')
  await expect(
    page.getByRole('article', { name: 'Stage short' }).getByRole('img', { name: 'from memory' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Other ways to run' }).click()
  await expect(page.getByRole('menuitem', { name: 'Ask again' })).toBeVisible()
  await expectUsableByAll(page)
  await page.getByRole('menuitem', { name: 'Ask again' }).click()
  await expect(total).not.toContainText('from memory')
  await expect(total).toContainText('1 call')
})
